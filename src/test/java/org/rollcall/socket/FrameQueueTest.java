package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

class FrameQueueTest {
  private static final int STEPS = 2_000;
  private static final int MOST = 12;

  private final FrameQueue queue = new FrameQueue() {};
  private final Deque<QueuedFrame> expected = new ArrayDeque<>();

  private void step(Random random, int i) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        QueuedFrame frame = new QueuedFrame.Text("x".repeat(random.nextInt(MOST)) + i, null);
        queue.append(frame);
        expected.add(frame);
      }
      case 3, 4 -> assertThat(queue.poll()).isSameAs(expected.poll());
      case 5 -> {
        int odd = random.nextInt(2);
        queue.removeIf(frame -> frame.size() % 2 == odd);
        expected.removeIf(frame -> frame.size() % 2 == odd);
      }
      case 6 -> {
        QueuedFrame last = queue.last();
        assertThat(last).isSameAs(expected.peekLast());
        queue.removeIf(frame -> frame == last);
        expected.pollLast();
      }
      default -> {
        if (random.nextInt(MOST) == 0) {
          queue.removeAll();
          expected.clear();
        }
      }
    }
  }

  @RepeatedTest(20)
  void aQueueHoldsTheFramesOfACollectionThatIsChangedAlike() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      step(random, i);
      assertThat(queue.size()).as("frames with seed %d", seed).isEqualTo(expected.size());
      assertThat(queue.bytes())
          .as("bytes with seed %d", seed)
          .isEqualTo(expected.stream().mapToInt(QueuedFrame::size).sum());
    }
    while (!expected.isEmpty()) {
      assertThat(queue.poll()).as("seed %d", seed).isSameAs(expected.poll());
    }
    assertThat(queue.poll()).isNull();
    assertThat(queue.last()).isNull();
  }
}
