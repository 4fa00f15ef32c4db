package org.nn4j.mnist;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nn4j.Require;

/**
 * Search for the files of a set in the folders of this library, torchvision and Keras. The message
 * of a failed search lists the places. Used once.
 */
final class SetFinder {
  private static final String MNIST_DIR = "MNIST_DIR";

  private final ImageSet set;

  /** Places by the fault that was found. */
  private final Map<String, List<Path>> faults = new LinkedHashMap<>();

  SetFinder(ImageSet set) {
    this.set = set;
  }

  /** Loads the set only from a folder that the user names. */
  LabeledImages load(Path given) throws IOException {
    return orNotFound(find(given), "");
  }

  /** Loads the set from the folder of the environment. */
  LabeledImages load(Environment environment) throws IOException {
    Optional<Path> named = set == ImageSet.MNIST ? environment.folder(MNIST_DIR) : Optional.empty();
    if (named.isPresent()) {
      return orNotFound(find(named.get()), "by " + MNIST_DIR + " ");
    }
    LabeledImages cached = inFolder(set.rawFolder(environment.cache()));
    return orNotFound(cached, set == ImageSet.MNIST ? MNIST_DIR + " not set, and " : "");
  }

  private @Nullable LabeledImages find(Path given) throws IOException {
    if (!Files.exists(given)) {
      note("no such folder", given);
      return null;
    }
    if (Files.isRegularFile(given)) {
      return inArchive(given);
    }
    for (Path folder : set.placesIn(given)) {
      LabeledImages found = inFolder(folder);
      if (found != null) {
        return found;
      }
    }
    LabeledImages archived = inArchive(given.resolve(KerasArchive.NAME));
    return archived != null
        ? archived
        : inArchive(given.resolve("datasets").resolve(KerasArchive.NAME));
  }

  private @Nullable LabeledImages inFolder(Path folder) throws IOException {
    List<String> missing = set.files().missingIn(folder);
    if (missing.isEmpty()) {
      return set.files().load(folder, set.classNames());
    }
    if (!Files.isDirectory(folder)) {
      note("no such folder", folder);
    } else if (missing.size() == set.files().all().size()) {
      note("none of them", folder);
    } else {
      note("without " + String.join(", ", missing), folder);
    }
    return null;
  }

  /** Loads Keras's archive, which exists only for MNIST. */
  private @Nullable LabeledImages inArchive(Path file) throws IOException {
    if (set != ImageSet.MNIST) {
      return null;
    }
    if (Files.isRegularFile(file)) {
      return new KerasArchive(file).load();
    }
    note("no such file", file);
    return null;
  }

  private void note(String fault, Path place) {
    faults.computeIfAbsent(fault, any -> new ArrayList<>()).add(place);
  }

  private LabeledImages orNotFound(@Nullable LabeledImages found, String how)
      throws FileNotFoundException {
    if (found != null) {
      return found;
    }
    String names =
        set.files().all().stream()
            .map(file -> file.plainName() + "[.gz]")
            .collect(Collectors.joining(", "));
    String places =
        faults.entrySet().stream()
            .map(fault -> fault.getKey() + " in " + join(fault.getValue()))
            .collect(Collectors.joining("; "));
    String variable = set == ImageSet.MNIST ? " or in the environment variable " + MNIST_DIR : "";
    throw new FileNotFoundException(
        Require.message(
            set.toString(),
            "the files " + names + " in one folder",
            how + places,
            "pass the folder that contains them to load(folder)"
                + variable
                + ", or download them with download()"));
  }

  private static String join(List<Path> places) {
    return places.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
