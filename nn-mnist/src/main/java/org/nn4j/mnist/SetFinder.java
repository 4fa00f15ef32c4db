package org.nn4j.mnist;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nn4j.Require;

/** Finds the files of a set, and says where it looked if they are nowhere. Used once. */
final class SetFinder {
  private static final String MNIST_DIR = "MNIST_DIR";

  private final ImageSet set;

  /** What was wrong with the places, and with which. */
  private final Map<String, List<Path>> lookedAt = new LinkedHashMap<>();

  SetFinder(ImageSet set) {
    this.set = set;
  }

  /** In a folder that the user names, and in no other: it would not be what he asked for. */
  SetFiles in(Path given) throws FileNotFoundException {
    return find(given).orElseThrow(() -> notFound(""));
  }

  /** In the places that the environment names. */
  SetFiles in(Environment environment) throws FileNotFoundException {
    if (set != ImageSet.MNIST) {
      return inCache(environment.cache()).orElseThrow(() -> notFound(""));
    }
    Optional<Path> named = environment.folder(MNIST_DIR);
    return named.isPresent()
        ? find(named.get()).orElseThrow(() -> notFound("by " + MNIST_DIR + " "))
        : inCache(environment.cache()).orElseThrow(() -> notFound(MNIST_DIR + " not set, and "));
  }

  private Optional<SetFiles> inCache(Path root) {
    return inFolder(set.rawFolder(root));
  }

  private Optional<SetFiles> find(Path given) {
    if (!Files.exists(given)) {
      note("no such folder", given);
      return Optional.empty();
    }
    if (Files.isRegularFile(given)) {
      return inArchive(given);
    }
    return set.placesIn(given).stream()
        .map(this::inFolder)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> inArchive(given.resolve(KerasArchive.NAME)))
        .or(() -> inArchive(given.resolve("datasets").resolve(KerasArchive.NAME)));
  }

  private Optional<SetFiles> inFolder(Path folder) {
    IdxFolder files = new IdxFolder(set, folder);
    List<String> missing = files.missing();
    if (missing.isEmpty()) {
      return Optional.of(files);
    }
    boolean none = missing.size() == set.source().files().all().size();
    String partly = "without " + String.join(", ", missing);
    note(none ? Files.isDirectory(folder) ? "none of them" : "no such folder" : partly, folder);
    return Optional.empty();
  }

  /** Keras keeps MNIST alone in an archive. */
  private Optional<SetFiles> inArchive(Path file) {
    if (set != ImageSet.MNIST) {
      return Optional.empty();
    }
    if (Files.isRegularFile(file)) {
      return Optional.of(new KerasArchive(file));
    }
    note("no such file", file);
    return Optional.empty();
  }

  private void note(String fault, Path place) {
    lookedAt.computeIfAbsent(fault, any -> new ArrayList<>()).add(place);
  }

  private FileNotFoundException notFound(String how) {
    String names =
        set.source().files().all().stream()
            .map(file -> file.plainName() + "[.gz]")
            .collect(Collectors.joining(", "));
    String places =
        lookedAt.entrySet().stream()
            .map(e -> e.getKey() + " in " + join(e.getValue()))
            .collect(Collectors.joining("; "));
    return new FileNotFoundException(
        Require.message(
            set.toString(),
            "the files " + names + " in one folder",
            how + places,
            set == ImageSet.MNIST
                ? "name the folder that holds them in load(folder) or in the environment variable "
                    + MNIST_DIR
                    + ", or fetch them with download()"
                : "name the folder that holds them in load(folder), or fetch them with download()"));
  }

  private static String join(List<Path> places) {
    return places.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
