/** What the README and the site's pages say is tried here. */
@NullMarked
package org.rollcall.docs;

import org.jspecify.annotations.NullMarked;
