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
import org.nn4j.internal.download.Download;

/**
 * MNIST and its relatives: images of 28 x 28 gray pixels in IDX files.
 *
 * <p>Files are found on disk, in the folders of this library, of torchvision or of Keras, and
 * downloaded only by {@link #download}; {@code docs/data.md} lists the places. MNIST is verified by
 * the SHA-256 of its content; Fashion-MNIST, KMNIST and QMNIST by the MD5 of the packed files and
 * EMNIST by that of its archive, as <a
 * href="https://github.com/pytorch/vision/blob/main/torchvision/datasets/mnist.py">torchvision</a>
 * publishes them; and each file by the agreement of its header with its content. Thread-safe.
 */
@SuppressWarnings("Immutable") // the fields are records and unmodifiable lists
public enum ImageSet {
  /** Digits, by LeCun, Cortes and Burges: 60,000 and 10,000. */
  MNIST("MNIST", "MNIST", SetFiles.MNIST, ClassNames.DIGITS),
  /** Clothes, by Xiao, Rasul and Vollgraf (arXiv:1708.07747): 60,000 and 10,000. */
  FASHION_MNIST("Fashion-MNIST", "FashionMNIST", SetFiles.FASHION_MNIST, ClassNames.CLOTHES),
  /** Cursive hiragana, by Clanuwat and others (arXiv:1812.01718): 60,000 and 10,000. */
  KMNIST("KMNIST", "KMNIST", SetFiles.KMNIST, ClassNames.HIRAGANA),
  /** Digits with 60,000 test images, by Yadav and Bottou (arXiv:1905.10498). */
  QMNIST("QMNIST", "QMNIST", SetFiles.QMNIST, ClassNames.DIGITS),
  /**
   * Digits and letters, 62 classes, by Cohen, Afshar, Tapson and van Schaik (arXiv:1702.05373):
   * 697,932 and 116,323. The images in EMNIST's files are transposed; loading turns them upright.
   */
  EMNIST_BYCLASS("EMNIST-ByClass", "EMNIST", SetFiles.emnist("byclass", 0), ClassNames.BY_CLASS),
  /** The same, with one class for letters whose two cases look alike: 47 classes. */
  EMNIST_BYMERGE("EMNIST-ByMerge", "EMNIST", SetFiles.emnist("bymerge", 0), ClassNames.BY_MERGE),
  /** The same number of images for each of these 47 classes: 112,800 and 18,800. */
  EMNIST_BALANCED("EMNIST-Balanced", "EMNIST", SetFiles.emnist("balanced", 0), ClassNames.BY_MERGE),
  /** Letters of either case, 26 classes: class 0 is a, which the files label 1. */
  EMNIST_LETTERS("EMNIST-Letters", "EMNIST", SetFiles.emnist("letters", 1), ClassNames.LETTERS),
  /** Digits: 240,000 and 40,000. */
  EMNIST_DIGITS("EMNIST-Digits", "EMNIST", SetFiles.emnist("digits", 0), ClassNames.DIGITS),
  /** Digits, as many as in MNIST: 60,000 and 10,000. */
  EMNIST_MNIST("EMNIST-MNIST", "EMNIST", SetFiles.emnist("mnist", 0), ClassNames.DIGITS);

  /** Class names, outside the enum because its constants cannot use its static fields. */
  private static final class ClassNames {
    static final List<String> DIGITS = characters("0123456789");
    static final List<String> LETTERS = characters("abcdefghijklmnopqrstuvwxyz");

    static final List<String> BY_CLASS =
        characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /** Class names without the lower-case letters that differ from capitals in size only. */
    static final List<String> BY_MERGE =
        characters("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt");

    static final List<String> CLOTHES =
        words("T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot");

    static final List<String> HIRAGANA = words("o,ki,su,tsu,na,ha,ma,ya,re,wo");

    private static List<String> characters(String all) {
      return List.of(all.split(""));
    }

    private static List<String> words(String all) {
      return List.of(all.split(","));
    }
  }

  private final String title;
  private final String folder;
  private final SetFiles files;
  private final List<String> classNames;

  ImageSet(String title, String folder, SetFiles files, List<String> classNames) {
    this.title = title;
    this.folder = folder;
    this.files = files;
    this.classNames = classNames;
  }

  /**
   * Returns the set with a name, such as {@code "fashion-mnist"}.
   *
   * @param name as in {@link #toString}, in any case, with hyphens, underscores or neither
   * @return the set
   * @throws IllegalArgumentException if no set has that name
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
                        "use one of these names, or load two files with IdxDataset")));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /**
   * Returns the name of each class, in their order.
   *
   * @return an unmodifiable list
   */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Loads the set, with pixels from 0 to 1, from a folder with the four files, raw or gzip, there
   * or where torchvision ({@code FashionMNIST/raw}) or Keras ({@code fashion-mnist}, {@code
   * mnist.npz}) stores them.
   *
   * @param folder the folder; for MNIST, Keras's {@code mnist.npz} itself as well
   * @return the set
   * @throws FileNotFoundException if the files are not there; the message lists the places
   * @throws IdxFormatException if a file is not a valid IDX file, if images or labels are of
   *     another type or rank or there are none, if their numbers differ, if a label is out of
   *     range, or if training and test images differ in size
   * @throws IOException if a file cannot be read
   */
  public LabeledImages load(Path folder) throws IOException {
    Require.notNull(folder, "ImageSet.load", "folder");
    return new SetFinder(this).load(folder);
  }

  /**
   * Loads the set, with pixels from 0 to 1, from the folder of the environment: for {@link #MNIST}
   * that of the variable {@code MNIST_DIR} if it is set, otherwise the folder of {@link #download}.
   *
   * @return the set
   * @throws FileNotFoundException if the files are not there; the message lists the places
   * @throws IdxFormatException as {@link #load(Path)} does
   * @throws IOException if a file cannot be read
   */
  public LabeledImages load() throws IOException {
    return new SetFinder(this).load(Environment.ofProcess());
  }

  /**
   * Downloads the missing files of the set without a listener, as {@link
   * #download(DownloadListener)}.
   *
   * @return the folder, for {@link #load(Path)}
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message lists the failure of each mirror
   */
  public Path download() throws IOException {
    return download(DownloadListener.silent());
  }

  /**
   * Downloads the missing files of the set into the folder of the environment variable {@code
   * NN4J_DATA}, by default into the cache folder of the platform.
   *
   * <p>Mirrors are tried in turn. An interrupted transfer resumes, also in a later call, and a file
   * is moved into place only after verification. Several threads and processes may download the
   * same set at once. The network is not used if all files are there, nor if the property {@code
   * nn4j.offline} or the variable {@code NN4J_OFFLINE} is set.
   *
   * @param listener called for each event
   * @return the folder, for {@link #load(Path)}
   * @throws java.io.InterruptedIOException if the thread is interrupted
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message lists the failure of each mirror
   */
  public Path download(DownloadListener listener) throws IOException {
    Require.notNull(listener, "ImageSet.download", "listener");
    return download(Environment.ofProcess().cache(), listener);
  }

  /**
   * Downloads the missing files of the set, as {@link #download(DownloadListener)}.
   *
   * @param root the parent of a folder for each set, as torchvision's {@code root}
   * @param listener called for each event
   * @return {@code root}, for {@link #load(Path)}
   * @throws java.io.InterruptedIOException if the thread is interrupted
   * @throws IOException if no mirror has the files whole, they cannot be written, or the network is
   *     switched off; the message lists the failure of each mirror
   */
  public Path download(Path root, DownloadListener listener) throws IOException {
    Require.notNull(root, "ImageSet.download", "root");
    Require.notNull(listener, "ImageSet.download", "listener");
    new Download(files.all(), files.origin(), rawFolder(root), listener)
        .run(Environment.ofProcess().isOffline());
    return root;
  }

  /** Returns the folder of the set under torchvision's root, and under this library's cache. */
  Path rawFolder(Path root) {
    return root.resolve(folder).resolve("raw");
  }

  /** Returns the folders to search if a user names this one, nearest match first. */
  List<Path> placesIn(Path given) {
    return List.of(
        rawFolder(given),
        given.resolve(folder),
        given.resolve(title.toLowerCase(Locale.ROOT)),
        given.resolve("raw"),
        given);
  }

  SetFiles files() {
    return files;
  }

  /** Returns the name of the set, such as {@code "Fashion-MNIST"}. */
  @Override
  public String toString() {
    return title;
  }
}
