package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.concurrent.Budget;
import org.rollcall.protocol.CloseCode;

@Timeout(20)
class ClosingTest {
  private final AtomicInteger seats = new AtomicInteger(1);
  private final ConnectionPermit permit =
      new ConnectionPermit(
          seats::addAndGet,
          new ConnectionPermit.Shares(new Budget(1), new Budget(1), new Budget(1)));
  private final List<Runnable> timer = new ArrayList<>();
  private final TcpWire wire = new TcpWire();
  private final Closing closing = new Closing(wire, permit);

  ClosingTest() {
    permit.take();
  }

  private static final class TcpWire implements Transport {
    private Runnable over = () -> {};
    private int aborts;

    @Override
    public void send(String text, Done done) {}

    @Override
    public void ping() {}

    @Override
    public void close(CloseCode code) {}

    @Override
    public void abort() {
      aborts++;
    }

    @Override
    public void whenOver(Runnable then) {
      over = then;
    }
  }

  private void begin() {
    closing.begin(
        (task, delay) -> {
          assertThat(delay).isEqualTo(Closing.TIME);
          timer.add(task);
        });
  }

  @Test
  void theSeatIsKeptUntilTcpIsOver() {
    begin();
    assertThat(seats).hasValue(1);
    wire.over.run();
    assertThat(seats).hasValue(0);
  }

  @Test
  void aConnectionThatIsNotOverInTimeIsEndedAndItsSeatIsFree() {
    begin();
    timer.forEach(Runnable::run);
    assertThat(wire.aborts).isOne();
    assertThat(seats).hasValue(0);
    wire.over.run();
    assertThat(seats).hasValue(0);
  }

  @Test
  void aConnectionThatIsOverIsNotEnded() {
    begin();
    wire.over.run();
    timer.forEach(Runnable::run);
    assertThat(wire.aborts).isZero();
    assertThat(seats).hasValue(0);
  }

  @Test
  void anEndThatIsToldBeforeThatOfTheSocketNeedsNoTimer() {
    wire.over.run();
    begin();
    assertThat(timer).isEmpty();
    assertThat(seats).hasValue(0);
  }
}
