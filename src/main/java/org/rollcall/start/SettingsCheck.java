package org.rollcall.start;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;

/**
 * Stops the deployment for a setting that cannot be understood, before anything is started.
 *
 * <p>An extension, because both servers print the sentence of a deployment problem, where they bury
 * an exception from anywhere else in two hundred lines. What only the cluster can tell is found
 * later, and logged by {@link OneStart}.
 */
public class SettingsCheck implements Extension {
  /** Reads all settings once. */
  void check(@Observes AfterDeploymentValidation event) {
    try {
      Settings.read();
    } catch (WrongSetting e) {
      event.addDeploymentProblem(e);
    }
  }
}
