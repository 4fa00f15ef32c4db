package org.nn4j.mnist;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nn4j.Require;

/**
 * MNIST and the sets of the same form, by name: images of 28 x 28 gray pixels in IDX files.
 *
 * <p>Sets are found on disk, in the folders of this library, of torchvision or of Keras, and
 * fetched from the network only by {@link #download}; {@code docs/data.md} lists the places. MNIST
 * is verified by the SHA-256 of its content; Fashion-MNIST, KMNIST and QMNIST by the MD5 of the
 * packed files and EMNIST by that of its archive, as <a
 * href="https://github.com/pytorch/vision/blob/main/torchvision/datasets/mnist.py">torchvision</a>
 * publishes them; and each file by the agreement of its header with its content. Thread-safe.
 */
@SuppressWarnings("Immutable") // the fields are records and lists that nothing can change
public enum ImageSet {
  /** Digits, by LeCun, Cortes and Burges: 60,000 and 10,000. */
  MNIST("MNIST", "MNIST", SetSources.MNIST, ClassNames.DIGITS),
  /** Clothes, by Xiao, Rasul and Vollgraf (arXiv:1708.07747): 60,000 and 10,000. */
  FASHION_MNIST(
      "Fashion-MNIST", "FashionMNIST", SetSources.FASHION_MNIST, ClassNames.FASHION_MNIST),
  /** Cursive hiragana, by Clanuwat and others (arXiv:1812.01718): 60,000 and 10,000. */
  KMNIST("KMNIST", "KMNIST", SetSources.KMNIST, ClassNames.KMNIST),
  /** Digits with 60,000 test images, by Yadav and Bottou (arXiv:1905.10498). */
  QMNIST("QMNIST", "QMNIST", SetSources.QMNIST, ClassNames.DIGITS),
  /**
   * Digits and letters, 62 classes, by Cohen, Afshar, Tapson and van Schaik (arXiv:1702.05373):
   * 697,932 and 116,323. The images of EMNIST, which its files have transposed, are put upright.
   */
  EMNIST_BYCLASS("EMNIST-ByClass", "EMNIST", SetSources.emnist("byclass", 0), ClassNames.BY_CLASS),
  /** The same, with letters in one class whose two cases look alike: 47 classes. */
  EMNIST_BYMERGE("EMNIST-ByMerge", "EMNIST", SetSources.emnist("bymerge", 0), ClassNames.BY_MERGE),
  /** Equally many of each of these 47 classes: 112,800 and 18,800. */
  EMNIST_BALANCED(
      "EMNIST-Balanced", "EMNIST", SetSources.emnist("balanced", 0), ClassNames.BY_MERGE),
  /** Letters of either case, 26 classes: class 0 is a, which the files label 1. */
  EMNIST_LETTERS("EMNIST-Letters", "EMNIST", SetSources.emnist("letters", 1), ClassNames.LETTERS),
  /** Digits: 240,000 and 40,000. */
  EMNIST_DIGITS("EMNIST-Digits", "EMNIST", SetSources.emnist("digits", 0), ClassNames.DIGITS),
  /** Digits, as many as MNIST's: 60,000 and 10,000. */
  EMNIST_MNIST("EMNIST-MNIST", "EMNIST", SetSources.emnist("mnist", 0), ClassNames.DIGITS);

  private final String title;
  private final String folder;
  private final SetSource source;
  private final List<String> classNames;

  ImageSet(String title, String folder, SetSource source, List<String> classNames) {
    this.title = title;
    this.folder = folder;
    this.source = source;
    this.classNames = classNames;
  }

  /**
   * The set of a name, such as {@code "fashion-mnist"}.
   *
   * @param name as {@link #toString} gives it, in any case, with hyphens, underscores or neither
   * @return the set
   * @throws IllegalArgumentException if there is none of that name
   */
  public static ImageSet ofName(String name) {
    Require.notNull(name, "ImageSet.ofName", "name");
    return Stream.of(values())
        .filter(set -> plain(set.title).equals(plain(name)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Require.message(
                        "ImageSet",
                        "one of "
                            + Arrays.stream(values())
                                .map(ImageSet::toString)
                                .collect(Collectors.joining(", ")),
                        name,
                        "take a name of the list, or load two files with IdxDataset")));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /**
   * What the classes are called, in their order.
   *
   * @return an unmodifiable list
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Reads the set from a folder: one that holds the four files, raw or gzip, or one under which
   * torchvision ({@code FashionMNIST/raw}) or Keras ({@code fashion-mnist}, {@code mnist.npz})
   * keeps them.
   *
   * @param folder the folder; for MNIST, Keras's {@code mnist.npz} itself as well
   * @return the set
   * @throws FileNotFoundException if the files are not there; the message lists the places
   * @throws IdxFormatException if a file is not a sound IDX file, if images or labels are of
   *     another type or rank or there are none, if their numbers differ, if a label is no class, or
   *     if the images of the two halves differ in size
   * @throws IOException if a file cannot be read
   */
  public LabeledImages load(Path folder) throws IOException {
    Require.notNull(folder, "ImageSet.load", "folder");
    return new SetFinder(this).in(folder).load();
  }

  /**
   * Reads the set from the place that the environment names: for {@link #MNIST} the folder in the
   * variable {@code MNIST_DIR} if that is set; else the folder that {@link #download} fills.
   *
   * @return the set
   * @throws FileNotFoundException if the files are not there; the message lists the places
   * @throws IdxFormatException as {@link #load(Path)} does
   * @throws IOException if a file cannot be read
   */
  public LabeledImages load() throws IOException {
    return new SetFinder(this).in(Environment.ofProcess()).load();
  }

  /**
   * Fetches the files of the set that are not there yet into the folder of the environment variable
   * {@code NN4J_DATA}, else into the platform's folder for caches.
   *
   * <p>Mirrors are asked in turn, a transfer that breaks off is resumed, also by a later call, and
   * a file is put in its place only when it was verified. Several threads and processes may
   * download the same set at once. The network is not touched if all files are there, nor if the
   * property {@code nn4j.offline} or the variable {@code NN4J_OFFLINE} is set.
   *
   * @param listener called for each event
   * @return the folder, for {@link #load(Path)}
   * @throws java.io.InterruptedIOException if the thread is interrupted
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message says what each mirror answered
   */
  public Path download(DownloadListener listener) throws IOException {
    Require.notNull(listener, "ImageSet.download", "listener");
    return download(Environment.ofProcess().cache(), listener);
  }

  /**
   * Fetches the files of the set that are not there yet, as {@link #download(DownloadListener)}.
   *
   * @param root the folder under which they are put, each set in one of its own, as torchvision
   *     does
   * @param listener called for each event
   * @return {@code root}, for {@link #load(Path)}
   * @throws java.io.InterruptedIOException if the thread is interrupted
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message says what each mirror answered
   */
  public Path download(Path root, DownloadListener listener) throws IOException {
    Require.notNull(root, "ImageSet.download", "root");
    Require.notNull(listener, "ImageSet.download", "listener");
    new SetDownload(
            source.files().all(), source.origin(), rawFolder(root), TimeLimits.DEFAULT, listener)
        .run(Environment.ofProcess().isOffline());
    return root;
  }

  /** Where torchvision keeps the set under its root, and this library under its cache. */
  Path rawFolder(Path root) {
    return root.resolve(folder).resolve("raw");
  }

  /** The folders in which the files may be, if a user names this one, the most special first. */
  List<Path> placesIn(Path given) {
    return List.of(
        rawFolder(given),
        given.resolve(folder),
        given.resolve(title.toLowerCase(Locale.ROOT)),
        given.resolve("raw"),
        given);
  }

  SetSource source() {
    return source;
  }

  /** The name of the set, such as {@code "Fashion-MNIST"}. */
  @Override
  public String toString() {
    return title;
  }
}
