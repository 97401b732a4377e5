/** Tests of the statements and lines of the README and the site's pages. */
@NullMarked
package org.rollcall.docs;

import org.jspecify.annotations.NullMarked;
