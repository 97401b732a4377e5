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
  private final AtomicInteger permits = new AtomicInteger(1);
  private final ConnectionPermit permit =
      new ConnectionPermit(
          permits::addAndGet,
          new ConnectionPermit.Shares(new Budget(1), new Budget(1), new Budget(1)));
  private final List<Runnable> timer = new ArrayList<>();
  private final TcpTransport transport = new TcpTransport();
  private final Closing closing = new Closing(transport, permit);

  ClosingTest() {
    permit.take();
  }

  private static final class TcpTransport implements Transport {
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
  void thePermitIsKeptUntilTcpIsOver() {
    begin();
    assertThat(permits).hasValue(1);
    transport.over.run();
    assertThat(permits).hasValue(0);
  }

  @Test
  void aConnectionThatIsNotOverInTimeIsEndedAndItsPermitIsFree() {
    begin();
    timer.forEach(Runnable::run);
    assertThat(transport.aborts).isOne();
    assertThat(permits).hasValue(0);
    transport.over.run();
    assertThat(permits).hasValue(0);
  }

  @Test
  void aConnectionThatIsOverIsNotEnded() {
    begin();
    transport.over.run();
    timer.forEach(Runnable::run);
    assertThat(transport.aborts).isZero();
    assertThat(permits).hasValue(0);
  }

  @Test
  void anEndThatIsToldBeforeThatOfTheSocketNeedsNoTimer() {
    transport.over.run();
    begin();
    assertThat(timer).isEmpty();
    assertThat(permits).hasValue(0);
  }
}
