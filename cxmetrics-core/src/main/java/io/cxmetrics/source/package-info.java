/**
 * Files and queries of rows, read block by block: CSV and JSON Lines, compressed or not, and what a database returns, behind
 * {@link io.cxmetrics.source.RowSource}, the entry point. Only the columns that are asked for are kept; memory is bounded whatever
 * a file holds; every line is a row, a broken line with its reason, or empty.
 *
 * <p><b>Why the library scans CSV itself.</b> A reader that makes a text of every cell takes more than DuckDB takes for
 * the whole query. Here the cells that are needed are ranges of bytes, and numbers and times are read from them. Tests hold
 * the rows equal to those of a CSV library. JSON is read by Jackson's parser of bytes.
 *
 * <p>This package imports the fields and nothing else of the library.
 */
@NullMarked
package io.cxmetrics.source;

import org.jspecify.annotations.NullMarked;
