/**
 * The command-line program {@code cxmetrics}: KPIs and OKR reports from CSV and JSON Lines files, without Java. Entry point:
 * {@link io.cxmetrics.cli.Main}.
 */
@NullMarked
package io.cxmetrics.cli;

import org.jspecify.annotations.NullMarked;
