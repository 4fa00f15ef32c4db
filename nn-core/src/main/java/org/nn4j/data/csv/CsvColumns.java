package org.nn4j.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.buffer.DataType;
import org.nn4j.Require;
import org.nn4j.Shape;
import org.nn4j.data.Dataset;
import org.nn4j.data.Sample;
import org.nn4j.data.batch.BatchSource;
import org.nn4j.data.feature.Feature;
import org.nn4j.data.feature.Features;
import org.nn4j.data.feature.TargetColumn;
import org.nn4j.internal.Checks;
import org.nn4j.internal.Texts;

/**
 * Columns of CSV files, with the categories and classes of the file from which they were learned.
 * Training data, test data and later data are encoded the same way.
 *
 * <p>Immutable and thread-safe.
 */
public final class CsvColumns {
  private final CsvFormat format;
  private final List<String> names;
  private final List<EncodedColumn> fields;
  private final Features features;
  private final int targetWidth;

  /** Index of the first element of each field, in the input or the target. */
  private final int[] offsets;

  CsvColumns(CsvFormat format, List<String> names, List<EncodedColumn> fields) {
    this(format, names, fields, Features.of(features(fields)));
  }

  /** Creates columns whose features are in another order. */
  CsvColumns(CsvFormat format, List<String> names, List<EncodedColumn> fields, Features features) {
    this.format = format;
    this.names = names;
    this.fields = fields;
    this.features = features;
    this.offsets = new int[fields.size()];
    int target = 0;
    for (int i = 0; i < offsets.length; i++) {
      if (fields.get(i) instanceof EncodedColumn.Input input) {
        offsets[i] = features.offset(input.name());
      } else {
        offsets[i] = target;
        target += fields.get(i).width();
      }
    }
    this.targetWidth = target;
  }

  private static List<Feature> features(List<EncodedColumn> fields) {
    return fields.stream()
        .filter(EncodedColumn.Input.class::isInstance)
        .map(field -> ((EncodedColumn.Input) field).feature())
        .toList();
  }

  private <T extends EncodedColumn> Stream<T> all(Class<T> type) {
    return fields.stream().filter(type::isInstance).map(type::cast);
  }

  private static boolean isTarget(EncodedColumn field) {
    return field instanceof EncodedColumn.Output || field instanceof LabelColumn;
  }

  /**
   * Returns the features, which encode a raw row as an input.
   *
   * @return a feature for each input column, in the order of the file
   */
  public Features features() {
    return features;
  }

  /**
   * Returns the columns of numeric targets.
   *
   * @return in the order of the file; empty if there is a label
   */
  public List<TargetColumn> targets() {
    return all(EncodedColumn.Output.class).map(EncodedColumn.Output::target).toList();
  }

  /**
   * Returns the names of the elements of an input: those of columns, in the order of the file, and
   * {@code column=category} for each element of a categorical column.
   *
   * @return as many names as an input has numbers
   */
  public List<String> inputs() {
    return features.inputs();
  }

  /**
   * Returns the names of the classes, in the order of the targets. Those of a file are sorted by
   * value if all are numbers, else alphabetically.
   *
   * @return as many names as a target has numbers; empty if the targets are numbers
   */
  public List<String> classes() {
    return all(LabelColumn.class).flatMap(label -> label.classes().stream()).toList();
  }

  /**
   * Returns the shape of one input.
   *
   * @return {@code [in]}
   */
  public Shape inputShape() {
    return Shape.of(features.inputs().size());
  }

  /**
   * Returns the shape of one target.
   *
   * @return {@code [out]}
   */
  public Shape targetShape() {
    return Shape.of(targetWidth);
  }

  /**
   * Reads all samples of a file into memory, in double precision.
   *
   * @param file of these columns
   * @return the data set
   * @throws CsvFormatException if the file is empty or not CSV, has other columns, or a field is
   *     not a finite number, a known category or a known class
   * @throws IOException if it cannot be read
   */
  public Dataset read(Path file) throws IOException {
    try (Stream<Sample> samples = samples(file)) {
      return Dataset.ofSamples(samples.iterator());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Returns the samples of a file in batches, with one batch in memory, for files larger than
   * memory. Batches are in the order of the file, which is read once per epoch. {@linkplain
   * BatchSource#shuffled Shuffle} a sorted file.
   *
   * @param file of these columns
   * @param batchSize the number of samples in a batch, at least 1
   * @param type the data type of the network
   * @return the source, whose epochs throw an {@link UncheckedIOException} where {@link #read}
   *     throws its cause
   * @throws IllegalArgumentException if the batch size is below 1
   */
  public BatchSource batches(Path file, int batchSize, DataType type) {
    Require.notNull(file, "CsvColumns.batches", "file");
    Checks.floatOrDouble(type, "CsvColumns.batches");
    return BatchSource.ofSamples(
        inputShape(),
        targetShape(),
        batchSize,
        type,
        epoch -> {
          try {
            return samples(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private Stream<Sample> samples(Path file) throws IOException {
    CsvLines lines = new CsvLines(file, format.text(), format.roles()::ignores);
    Stream<Sample> samples =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED), false)
            .map(record -> sample(record, lines))
            .onClose(() -> close(lines));
    if (!lines.names().equals(names)) {
      samples.close();
      throw lines
          .wrong(
              1,
              "",
              "the columns " + Texts.list(names),
              Texts.list(lines.names()),
              "pass a file with the columns of the training file")
          .getCause();
    }
    return samples;
  }

  private static void close(CsvLines lines) {
    try {
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sample sample(CsvRecord record, CsvLines lines) {
    double[] input = new double[features.inputs().size()];
    double[] target = new double[targetWidth];
    EncodedColumn.Failure failure =
        (column, expected, found, remedy) ->
            lines.wrong(record.getStartingLineNumber(), column, expected, found, remedy);
    for (int i = 0; i < fields.size(); i++) {
      EncodedColumn field = fields.get(i);
      double[] to = field instanceof EncodedColumn.Input ? input : target;
      field.write(record.getField(i).strip(), to, offsets[i], failure);
    }
    return Sample.of(input, target);
  }

  @Override
  public String toString() {
    String outputs =
        fields.stream()
            .filter(CsvColumns::isTarget)
            .map(
                field ->
                    field instanceof LabelColumn label
                        ? label.name() + " of " + label.classes()
                        : field.name())
            .collect(Collectors.joining(", "));
    return "CsvColumns(" + String.join(", ", inputs()) + " -> " + outputs + ")";
  }
}
