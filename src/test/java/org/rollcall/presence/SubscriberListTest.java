package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubscriberListTest {
  private final SubscriberList subscribers = new SubscriberList();

  private List<Subscriber> inOrder() {
    List<Subscriber> all = new ArrayList<>();
    subscribers.forEach(all::add);
    return all;
  }

  private static Subscriber newSubscriber() {
    return new Subscriber() {
      @Override
      public void onDiff(PresenceDiff diff) {}
    };
  }

  @Test
  void aSubscriberIsInItOnce() {
    Subscriber one = newSubscriber();
    subscribers.add(one);
    subscribers.add(one);
    assertThat(inOrder()).containsExactly(one);
    subscribers.remove(one);
    assertThat(subscribers.isEmpty()).isTrue();
  }

  @Test
  void aStrangersRemovalChangesNothing() {
    Subscriber one = newSubscriber();
    subscribers.add(one);
    subscribers.remove(newSubscriber());
    assertThat(inOrder()).containsExactly(one);
  }

  @Test
  void itIsASetInTheOrderOfComingWhetherFewOrMany() {
    Random random = new Random(7);
    Set<Subscriber> expected = new LinkedHashSet<>();
    for (int step = 0; step < 20_000; step++) {
      // More come in one half of a wave, more go in the other: the size crosses both limits often.
      boolean waxing = step / 200 % 2 == 0;
      if (expected.isEmpty() || random.nextInt(10) < (waxing ? 6 : 4)) {
        Subscriber coming = newSubscriber();
        expected.add(coming);
        subscribers.add(coming);
      } else {
        Subscriber going = List.copyOf(expected).get(random.nextInt(expected.size()));
        expected.remove(going);
        subscribers.remove(going);
      }
      assertThat(inOrder()).as("step %s", step).containsExactlyElementsOf(expected);
    }
  }
}
