package org.rollcall.it;

import org.rollcall.testing.Site;

/** A running Rollcall, which every set of rules needs. */
interface Deployed {
  Site site();
}
