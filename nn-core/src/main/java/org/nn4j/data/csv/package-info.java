/** Data sets from CSV files: see {@link org.nn4j.data.csv.CsvFormat}. */
@NullMarked
package org.nn4j.data.csv;

import org.jspecify.annotations.NullMarked;
