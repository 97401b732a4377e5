package org.rollcall.social.friends;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.rollcall.config.FriendSettings;
import org.rollcall.config.WrongSetting;
import org.rollcall.social.jdbc.DataSources;

/** Creates the provider of friends that the settings name, ready to answer. */
public final class FriendProviders {
  private FriendProviders() {}

  /**
   * Makes the provider. Called once, on the thread that deploys, because the names below {@code
   * java:comp} are known there only.
   *
   * @param application returns the application's own, or throws {@link WrongSetting}
   * @throws WrongSetting if its data source is not there or does not answer
   */
  public static FriendProvider of(FriendSettings settings, Supplier<FriendProvider> application) {
    return switch (settings.kind()) {
      case TOKEN -> new TokenFriends(settings.limits().friends());
      case HTTP -> new HttpFriends(settings);
      case SQL -> new SqlFriends(DataSources.of(settings), settings.question(), settings.limits());
      case MANAGED -> managed(settings);
      case CDI -> application.get();
    };
  }

  private static ManagedFriends managed(FriendSettings settings) {
    ManagedFriends friends = new ManagedFriends(DataSources.of(settings), settings.limits());
    try {
      friends.createTable();
    } catch (SQLException e) {
      throw new WrongSetting(
          "rollcall.datasource",
          "a data source in which the table rollcall_friends is or can be created",
          settings.data().source() + " (" + e.getMessage() + ")");
    }
    return friends;
  }
}
