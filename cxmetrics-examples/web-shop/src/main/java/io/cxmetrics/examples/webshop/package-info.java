/** A web shop that measures its customer experience and its objectives with the library. */
@NullMarked
package io.cxmetrics.examples.webshop;

import org.jspecify.annotations.NullMarked;
