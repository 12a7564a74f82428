/**
 * Fields and expressions: what a KPI is written over.
 *
 * <p>A <em>field</em> is a name and a type. An {@link io.cxmetrics.field.Expression} combines fields with a small closed
 * set of operators and is a value: it has a canonical text, can be compared, written as JSON and compiled to SQL.
 * {@link io.cxmetrics.field.Fields} says once how the user's own record supplies each field, and
 * {@link io.cxmetrics.field.ColumnMapping} says the same for the columns of a file or table. Start with
 * {@link io.cxmetrics.field.Field}.
 *
 * <p><b>Three-valued logic.</b> A value is known, missing or rejected; a condition is true, false, unknown or rejected.
 * {@code false and unknown} is false, {@code true or unknown} is true, everything else that touches an unknown is unknown;
 * a rejected operand behaves like an unknown one and is remembered.
 *
 * <p><b>Decisions.</b> Time is kept in whole microseconds, the resolution that SQL engines share: squares of a
 * hundred years still sum exactly in 128 bits, which nanoseconds would not. There is no rating type: a rating is a whole
 * number {@linkplain io.cxmetrics.field.Quantity#within within} the scale that belongs to the KPI.
 *
 * <p>This package imports nothing else of the library.
 */
@NullMarked
package io.cxmetrics.field;

import org.jspecify.annotations.NullMarked;
