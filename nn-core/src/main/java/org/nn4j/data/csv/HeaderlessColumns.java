package org.nn4j.data.csv;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns of the features in a file without a header. Their names are the indices in the training
 * file. The format must name each of its other columns: a later file has all of them, or all but
 * the targets, or only the features. The number of columns must show which.
 */
final class HeaderlessColumns {
  private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

  private final CsvLines lines;
  private final Roles roles;
  private final List<String> features;
  private final Set<String> targets;

  /**
   * Checks the roles.
   *
   * @param moreTargets those of the model
   */
  HeaderlessColumns(
      CsvLines lines, Roles roles, List<String> features, Collection<String> moreTargets) {
    this.lines = lines;
    this.roles = roles;
    this.features = features;
    this.targets = new HashSet<>(moreTargets);
    roles.given().keySet().stream()
        .filter(name -> roles.role(name).isTarget())
        .forEach(targets::add);
    for (String name : features) {
      ColumnRole given = roles.given().get(name);
      if (targets.contains(name) || given instanceof ColumnRole.Ignored) {
        throw wrong(
            "features that are neither targets nor ignored in the format",
            "column '" + name + "' as both",
            "pass the format of the training file, whose columns are counted with the label or"
                + " targets");
      }
    }
  }

  static boolean isIndex(String name) {
    return INDEX.matcher(name).matches();
  }

  /** Returns the column of each feature. */
  int[] indices() {
    int found = lines.names().size();
    if (found == features.size()) {
      return alone();
    }
    if (!features.stream().allMatch(HeaderlessColumns::isIndex)) {
      throw wrong(
          "the " + features.size() + " columns of the features alone, as there is no header",
          found + " columns",
          "remove the others, or pass a file with a header");
    }
    int width = trainingWidth();
    if (found != width && found != width - targets.size()) {
      String widths =
          Stream.of(width, width - targets.size(), features.size())
              .distinct()
              .map(String::valueOf)
              .collect(Collectors.joining(" or "));
      throw otherWidth(
          widths
              + " columns: those of the training file, or those without the label or targets, or"
              + " the features");
    }
    int[] named = features.stream().mapToInt(Integer::parseInt).toArray();
    return found == width ? named : withoutTargets(named, width);
  }

  /** Returns the columns in a file of fewer, which the names must not fit as well. */
  private int[] withoutTargets(int[] named, int width) {
    int found = lines.names().size();
    int[] shifted = Arrays.stream(named).map(index -> index - (int) targetsBefore(index)).toArray();
    if (!Arrays.equals(named, shifted) && Arrays.stream(named).allMatch(index -> index < found)) {
      throw wrong(
          "a number of columns that shows which are missing, as there is no header",
          found + " of " + width + ", without the label or targets or without the last ones",
          "add the columns of the label or targets, which may be empty, or remove all columns that"
              + " are not features");
    }
    return shifted;
  }

  /** Checks that the file has all columns of the training file. */
  void requireAll() {
    int width = trainingWidth();
    if (lines.names().size() != width) {
      throw otherWidth(width + " columns, as the training file has");
    }
  }

  /** Returns the order of the features, which must be that of their indices. */
  private int[] alone() {
    if (features.stream().allMatch(HeaderlessColumns::isIndex)) {
      int[] indices = features.stream().mapToInt(Integer::parseInt).toArray();
      for (int i = 1; i < indices.length; i++) {
        if (indices[i] < indices[i - 1]) {
          throw wrong(
              "features in the order of their columns, as there is no header",
              "feature '" + indices[i] + "' after '" + indices[i - 1] + "'",
              "pass a file with a header");
        }
      }
    }
    return IntStream.range(0, features.size()).toArray();
  }

  private long targetsBefore(int index) {
    return targets.stream().filter(target -> Integer.parseInt(target) < index).count();
  }

  /** Returns the number of columns of the training file, each of which must have a role. */
  private int trainingWidth() {
    int width =
        Stream.of(
                features.stream(),
                targets.stream(),
                roles.given().keySet().stream(),
                roles.inferred().stream().map(Roles.Inferred::column))
            .flatMap(names -> names)
            .mapToInt(index -> Integer.parseInt(index) + 1)
            .max()
            .orElse(0);
    Set<String> named = new HashSet<>(features);
    named.addAll(targets);
    for (int i = 0; i < width; i++) {
      String name = String.valueOf(i);
      if (!named.contains(name) && !ignores(name)) {
        throw wrong(
            "a role for each column that is no feature, as there is no header",
            "none for column '" + name + "'",
            "name the label, the targets and the ignored columns of the training file with"
                + " label(...), target(...) and ignore(...)");
      }
    }
    return width;
  }

  /**
   * Returns whether a column is ignored. Roles that were inferred from a file without targets are
   * those of other columns, if the training file had targets before them.
   */
  private boolean ignores(String name) {
    return targets.isEmpty()
        ? roles.given().get(name) instanceof ColumnRole.Ignored
        : roles.ignores(name);
  }

  private RuntimeException otherWidth(String expected) {
    return wrong(
        expected,
        lines.names().size() + " columns",
        "name further columns with ignore(...), or the separator with separator(...)");
  }

  private RuntimeException wrong(String expected, String found, String remedy) {
    return lines.wrong(0, "", expected, found, remedy);
  }
}
