const ANSWER = 10000;
const POLL = 10000;

/** Counts by server-sent events: one stream, or two if the page is counted on some topics only. */
export class EventsTransport {
  #feed;
  #sources = new Map();

  constructor(feed, topics) {
    this.#feed = feed;
    this.update(topics);
  }

  update(topics) {
    const before = this.#sources;
    this.#sources = new Map();
    for (const track of [true, false]) {
      const some = [...topics.keys()].filter((topic) => topics.get(topic) === track);
      const query = some.map((topic) => ["topic", topic]);
      if (track) {
        query.push(["track", true]);
      }
      if (some.length > 0) {
        const url = `${this.#feed.server}api/counts/events?${new URLSearchParams(query)}`;
        this.#sources.set(url, before.get(url) ?? this.#listen(url));
        before.delete(url);
      }
    }
    before.forEach((source) => source.close());
  }

  close() {
    this.#sources.forEach((source) => source.close());
  }

  #listen(url) {
    const source = new EventSource(url);
    source.onmessage = ({ data }) => tell(this.#feed, JSON.parse(data));
    source.onerror = () => {
      // A stream that was closed meanwhile has nothing to say.
      if ([...this.#sources.values()].includes(source)) {
        this.close();
        this.#feed.ended();
      }
    };
    return source;
  }
}

/** Counts as JSON, every ten seconds; the browser's cache sends the entity tag. A page that polls is not counted. */
export class PollingTransport {
  #feed;
  #topics;
  #wanted;
  #timer;
  #request;

  constructor(feed, topics) {
    this.#feed = feed;
    this.update(topics);
  }

  update(topics) {
    // A label that changes is no reason to ask again.
    const wanted = JSON.stringify([...topics]);
    if (wanted !== this.#wanted) {
      this.close();
      this.#wanted = wanted;
      this.#topics = [...topics.keys()];
      this.#poll(new AbortController());
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  async #poll(request) {
    this.#request = request;
    this.#timer = setTimeout(() => this.#fail(request), ANSWER);
    try {
      await this.#ask(this.#topics, request);
    } catch {
      this.#fail(request);
    }
    if (!request.signal.aborted) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#poll(new AbortController()), POLL * (0.9 + Math.random() * 0.2));
    }
  }

  async #ask(topics, { signal }) {
    const query = new URLSearchParams(topics.map((topic) => ["topic", topic]));
    const url = `${this.#feed.server}api/counts?${query}`;
    const response = await fetch(url, { signal, cache: "no-cache", credentials: "omit" });
    if (response.status === 404) {
      // One of them is no count: which?
      await Promise.all(topics.length > 1 ? topics.map((topic) => this.#ask([topic], { signal })) : []);
      topics.length > 1 || this.#feed.refuse(topics[0]);
    } else if (response.ok) {
      const counts = await response.json();
      signal.aborted || counts.forEach((count) => tell(this.#feed, count));
    } else {
      throw new Error(response.status);
    }
  }

  #fail(request) {
    if (!request.signal.aborted) {
      this.close();
      this.#feed.ended();
    }
  }
}

function tell(feed, { topic, viewers, users }) {
  feed.count(topic, { viewers: viewers.count, users: users.count });
}
