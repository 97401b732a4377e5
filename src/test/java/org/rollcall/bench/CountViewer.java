package org.rollcall.bench;

/** A visitor without a token who watches a count, and the total that the page shows. */
final class CountViewer extends TopicClient {
  private int total;
  private int diffs;

  CountViewer(String topic, Listener listener) {
    super(topic, listener);
  }

  int total() {
    return total;
  }

  /** Returns how many diffs have come. */
  int diffs() {
    return diffs;
  }

  @Override
  String query() {
    return "";
  }

  @Override
  void state(JsonReader payload) {
    total = sum(payload);
  }

  @Override
  void diff(JsonReader payload) {
    diffs++;
    payload.members(side -> total += (side.equals("joins") ? 1 : -1) * sum(payload));
  }

  /** Adds the counts of viewers and users. */
  private static int sum(JsonReader counts) {
    int[] sum = {0};
    counts.members(
        key ->
            counts.members(
                name -> {
                  if (name.equals("count")) {
                    sum[0] += counts.number();
                  } else {
                    counts.skip();
                  }
                }));
    return sum[0];
  }
}
