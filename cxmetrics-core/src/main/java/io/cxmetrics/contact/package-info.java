/**
 * KPIs of the contact centre. Entry point: {@link io.cxmetrics.contact.ContactKpis}. This package imports
 * {@code io.cxmetrics}, {@code io.cxmetrics.field} and {@code io.cxmetrics.stats}; no other catalogue.
 */
@NullMarked
package io.cxmetrics.contact;

import org.jspecify.annotations.NullMarked;
