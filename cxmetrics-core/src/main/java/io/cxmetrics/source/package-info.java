/**
 * Files and queries of rows, read block by block: CSV and JSON Lines, compressed or not, and what a database returns, behind
 * {@link io.cxmetrics.source.RowSource}, the entry point. Only the columns that are asked for are kept; memory is bounded whatever
 * a file holds; every line is a row, a broken line with its reason, or empty.
 *
 * <p><b>Why the library scans CSV and JSON itself.</b> A reader that makes a text of every cell takes more than DuckDB takes
 * for the whole query, and Jackson's parser of bytes, which makes none, takes two thirds of DuckDB's time for the tokens of
 * JSON Lines alone. Here the cells that are needed are ranges of bytes, found many bytes at a time, and numbers, times and flags
 * are read from eight bytes at once. Ten figures by channel and week, KPIs defined in JSON, one thread each, took 0.34 times
 * as long as DuckDB from CSV and 0.67 times from JSON Lines (medians of one run; the project's benchmarks have the
 * command). Two tests hold it together: a field has the value that its format gives the cell's text, and a line of JSON is read,
 * or refused, as Jackson reads it; Jackson itself reads every line that is not plainly JSON.
 *
 * <p>This package imports the fields and nothing else of the library.
 */
@NullMarked
package io.cxmetrics.source;

import org.jspecify.annotations.NullMarked;
