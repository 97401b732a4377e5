package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.config.Settings;
import org.rollcall.count.Counts;
import org.rollcall.identity.TextRules;
import org.rollcall.presence.Topic;

/**
 * The number of connections on a count's topic, for everyone. Answers may be cached for as long as
 * diffs are apart.
 */
@Path("counts")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class CountsResource {
  private static final int MOST_TOPICS = 100;

  private final TopicArrays arrays = new TopicArrays(MOST_TOPICS);

  @Inject private Counts counts;
  @Inject private Settings settings;

  /** Returns one topic's count; zeros if no connection is on the topic. */
  @GET
  @Path("{topic}")
  public Response one(@PathParam("topic") String topic, @Context HttpHeaders headers) {
    TopicCount count = count(topic);
    return cached(count, count.tag(), headers);
  }

  /**
   * Returns one topic's count as a picture for a page.
   *
   * @param label what is counted; {@code online} if it is not given
   * @param style {@code flat} or {@code flat-square}
   * @param show {@code total}, {@code viewers} or {@code users}
   * @param color a name or hexadecimal digits; if it is empty, green, and grey for nobody
   */
  @GET
  @Path("{topic}/badge.svg")
  @Produces("image/svg+xml")
  public Response badge(
      @PathParam("topic") String topic,
      @DefaultValue("online") @QueryParam("label") String label,
      @DefaultValue("flat") @QueryParam("style") String style,
      @DefaultValue("total") @QueryParam("show") String show,
      @DefaultValue("") @QueryParam("color") String color,
      @Context HttpHeaders headers) {
    TopicCount count = count(topic);
    int number =
        switch (show) {
          case "total" -> count.getTotal();
          case "viewers" -> count.getViewers().getCount();
          case "users" -> count.getUsers().getCount();
          default -> throw wrong("show to be total, viewers or users");
        };
    if (!Badge.isLabel(label)) {
      throw wrong("label to be one line of at most " + Badge.LONGEST_LABEL + " characters");
    }
    Badge badge =
        new Badge(
            label,
            number,
            Badge.color(color, number)
                .orElseThrow(() -> wrong("color to be a name or 3 or 6 hexadecimal digits")),
            Badge.Style.of(style).orElseThrow(() -> wrong("style to be flat or flat-square")));
    // The other parameters are part of the address.
    return cached(badge.svg(), Integer.toString(number), headers);
  }

  private static WebApplicationException wrong(String expected) {
    return Problem.of(Response.Status.BAD_REQUEST, "expected the parameter " + expected);
  }

  /** Returns the counts of 1 to 100 topics, in the order of the query. */
  @GET
  public Response several(@QueryParam("topic") List<String> topics, @Context HttpHeaders headers) {
    if (topics.isEmpty() || topics.size() > MOST_TOPICS) {
      throw Problem.of(
          Response.Status.BAD_REQUEST,
          "expected 1 to " + MOST_TOPICS + " parameters topic, but got " + topics.size());
    }
    List<TopicCount> all = topics.stream().map(this::count).toList();
    String tag = all.stream().map(TopicCount::tag).collect(Collectors.joining("."));
    return cached(all, tag, headers);
  }

  /**
   * Returns the counts of the 1 to 100 topics of a JSON array, in its order: what {@link #several}
   * does, for topics that are too long together for the first line of a request.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response posted(InputStream body) {
    List<TopicCount> all = arrays.read(body, longest()).stream().map(this::count).toList();
    CacheControl cache = new CacheControl();
    cache.setNoStore(true);
    cache.setNoTransform(false);
    return Response.ok(all).cacheControl(cache).build();
  }

  private int longest() {
    return settings.channels().limits().lengths().topic();
  }

  private TopicCount count(String topic) {
    if (!TextRules.isTopic(topic, longest()) || !settings.channels().isCount(topic)) {
      throw Problem.of(Response.Status.NOT_FOUND, "this is not the topic of a count");
    }
    Topic name = new Topic(topic);
    return new TopicCount(name, counts.count(name));
  }

  /** The conditions of RFC 9110, section 13; their dates mean nothing to a count. */
  private Response cached(Object entity, String tag, HttpHeaders headers) {
    if (EntityTags.given(headers, HttpHeaders.IF_MATCH)
        .filter(t -> !t.matchStrongly(tag))
        .isPresent()) {
      throw Problem.of(Response.Status.PRECONDITION_FAILED, "the count is another one now");
    }
    EntityTag entityTag = new EntityTag(tag);
    CacheControl cache = new CacheControl();
    cache.setMaxAge((int) Math.max(1, settings.channels().counting().interval().toSeconds()));
    cache.setNoTransform(false);
    boolean unchanged =
        EntityTags.given(headers, HttpHeaders.IF_NONE_MATCH)
            .filter(t -> t.matchWeakly(tag))
            .isPresent();
    Response.ResponseBuilder answer = unchanged ? Response.notModified() : Response.ok(entity);
    return answer.tag(entityTag).cacheControl(cache).build();
  }
}
