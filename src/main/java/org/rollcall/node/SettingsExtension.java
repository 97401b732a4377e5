package org.rollcall.node;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;

/**
 * Reads all settings before anything is started: stops the deployment for wrong ones, and warns of
 * unknown names, which may be mistyped.
 *
 * <p>An extension, because both servers log a deployment problem in fewer lines than an exception
 * from anywhere else. Only the start can find out that a data source or the cluster is missing; see
 * {@link StartOnce}.
 */
public class SettingsExtension implements Extension {
  private static final Logger LOG = System.getLogger("org.rollcall");

  /** Reads all settings once. */
  void check(@Observes AfterDeploymentValidation event) {
    Settings.unknown().forEach(sentence -> LOG.log(Level.WARNING, sentence));
    try {
      Settings.read();
    } catch (WrongSetting e) {
      FailureReport.of(String.valueOf(e.getMessage()));
      event.addDeploymentProblem(new NotStarted());
    }
  }
}
