package org.rollcall.cdi;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.rollcall.RoomAccess;

/**
 * The application's bean that decides who joins rooms, asked for a limited time. Throws if the bean
 * does, or has no answer by then.
 *
 * @param bean decides
 * @param calls calls it
 * @param timeout how long it may take
 */
public record ApplicationRooms(RoomAccess bean, ApplicationCalls calls, Duration timeout)
    implements RoomAccess {
  @Override
  public boolean mayJoin(Join join) throws TimeoutException, ExecutionException {
    return calls.call(() -> bean.mayJoin(join), timeout);
  }
}
