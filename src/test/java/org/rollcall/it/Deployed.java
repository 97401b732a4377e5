package org.rollcall.it;

import org.rollcall.testing.Site;

/** What every set of rules needs: a Rollcall that runs. */
interface Deployed {
  Site site();
}
