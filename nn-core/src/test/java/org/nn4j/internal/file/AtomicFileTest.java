package org.nn4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nn4j.io.FileAccess;
import org.nn4j.io.Safetensors;
import org.nn4j.io.SafetensorsReader;
import org.nn4j.io.SpecialFiles;

/** What can be read and written, what is refused, and what is left behind: nothing. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // against hanging alone
class AtomicFileTest {
  private static final AtomicFile.Content ONE = out -> out.write(1);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.write(folder.resolve("file"), new byte[] {7});
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Each way to write refuses a path before it writes, and leaves the folder as it was. */
  private void assertNotWritable(Path path, String reason) throws IOException {
    List<Path> before = all(folder);
    for (FileAccess.Save way :
        List.<FileAccess.Save>of(
            FileAccess::requireWritable,
            FileAccess::requireAppendable,
            target -> AtomicFile.create(target).close(),
            target -> AtomicFile.write(target, ONE),
            target -> FileAccess.write(target, new byte[] {1}),
            target -> new Safetensors(Map.of(), Map.of()).write(target))) {
      assertThatThrownBy(() -> way.to(path))
          .isInstanceOfSatisfying(
              FileSystemException.class, e -> assertThat(e.getFile()).isEqualTo(path.toString()))
          .hasMessage(path + ": " + reason);
    }
    assertThat(all(folder)).isEqualTo(before);
  }

  private static void assertNotReadable(Path path, String reason) {
    for (FileAccess.Save way :
        List.<FileAccess.Save>of(
            FileAccess::requireReadable,
            source -> SafetensorsReader.open(source).close(),
            Safetensors::read)) {
      assertThatThrownBy(() -> way.to(path))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(path + ": " + reason);
    }
  }

  @Test
  void whatCannotBeWritten() throws IOException {
    assertNotWritable(
        folder.resolve("none").resolve("x"),
        "expected an existing folder, found no folder "
            + folder.resolve("none")
            + "; create the folder");
    assertNotWritable(
        folder.resolve("none").resolve("nor").resolve("x"),
        "expected an existing folder, found no folder "
            + folder.resolve("none").resolve("nor")
            + "; create the folder");
    for (Path within : List.of(file.resolve("x"), file.resolve("y").resolve("x"))) {
      assertNotWritable(
          within, "expected a folder at " + file + ", found something else; correct the path");
    }
    assertNotWritable(
        folder, "expected a file that can be written, found a folder; name another file");
    assertThat(Files.readAllBytes(file)).containsExactly(7);
  }

  @Test
  void aNameThatIsTooLong() throws IOException {
    Path longest = folder.resolve("ä".repeat(127) + "x");
    AtomicFile.write(longest, ONE);
    assertThat(Files.readAllBytes(longest)).containsExactly(1);
    FileAccess.requireWritable(longest);
    for (int length : new int[] {65, 200, 214, 255}) {
      AtomicFile.write(folder.resolve("y".repeat(length)), ONE);
    }
    Path longer = folder.resolve("x".repeat(300));
    assertThatThrownBy(() -> FileAccess.requireWritable(longer))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(longer + ": expected a name that the file system takes, found '")
        .hasMessageEndingWith("'; shorten the name");
    assertThat(all(folder)).noneMatch(path -> path.toString().endsWith(".tmp"));
  }

  @Test
  void whatCannotBeRead() {
    assertNotReadable(
        folder.resolve("none"), "expected a regular file, found none; correct the path");
    assertNotReadable(folder, "expected a regular file, found a folder; correct the path");
    assertThatThrownBy(() -> FileAccess.requireReadable(Path.of("no such file")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            "no such file: expected a regular file, found none at "
                + Path.of("no such file").toAbsolutePath()
                + "; correct the path");
  }

  @Test
  void pipesStayPipesAndDoNotBlock() throws Exception {
    Path pipe = SpecialFiles.pipe(folder);
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    for (Path path : List.of(pipe, link)) {
      String found = "found a named pipe, a socket or a device; ";
      assertNotWritable(
          path, "expected a file that can be written, " + found + "name another file");
      assertNotReadable(path, "expected a regular file, " + found + "correct the path");
    }
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  void socketsStaySockets() throws IOException {
    Path socket = SpecialFiles.socket(folder);
    assertNotWritable(
        socket,
        "expected a file that can be written, found a named pipe, a socket or a device; name"
            + " another file");
    assertThat(Files.readAttributes(socket, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  void linksStayAndWhatTheyLeadToIsWritten() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
    Path ofLink = Files.createSymbolicLink(folder.resolve("ofLink"), link);
    AtomicFile.write(ofLink, ONE);
    assertThat(Files.readAllBytes(file)).containsExactly(1);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("new"));
    AtomicFile.write(dangling, ONE);
    assertThat(Files.readAllBytes(folder.resolve("new"))).containsExactly(1);
    assertThat(List.of(link, ofLink, dangling)).allMatch(Files::isSymbolicLink);

    Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
    assertNotWritable(
        circle,
        "expected a file that can be written, found symbolic links in a circle; name another"
            + " file");
    assertThatThrownBy(() -> FileAccess.requireReadable(circle))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(circle + ": expected a regular file, found ");
    Path toFolder = Files.createSymbolicLink(folder.resolve("toFolder"), folder);
    AtomicFile.write(toFolder.resolve("within"), ONE);
    assertThat(folder.resolve("within")).exists();
  }

  @Test
  void permissionsAreKept() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    AtomicFile.write(folder.resolve("fresh"), ONE);
    Path plain = Files.createFile(folder.resolve("plain"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("fresh")))
        .isEqualTo(Files.getPosixFilePermissions(plain));
    for (String permissions : List.of("rw-------", "rw-rw-r--", "rwxr-x--x", "rw-rw-rw-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      try (AtomicFile whole = AtomicFile.create(file)) {
        Path hidden =
            all(folder).stream()
                .filter(p -> p.toString().endsWith(".tmp"))
                .findFirst()
                .orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hidden)))
            .as("while it is written")
            .isEqualTo(permissions);
        whole.out().write(1);
        whole.commit();
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(permissions);
      assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(plain));
    }
  }

  /** An administrator may write anywhere, regardless of permissions. */
  @Test
  void withoutPermission() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(file));
    assertThatThrownBy(() -> AtomicFile.write(file, ONE))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(
            file
                + ": expected a file that can be written, found no permission; change the file's"
                + " permissions");
    assertThatThrownBy(() -> AtomicFile.write(closed.resolve("x"), ONE))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(
            closed.resolve("x")
                + ": expected a folder that takes new files, found no permission; change the"
                + " permissions of the folder, or take another one");
  }

  @Test
  void otherFileSystems() throws IOException {
    Path zip = folder.resolve("files.zip");
    try (FileSystem files =
        FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("create", "true"))) {
      Path inside = files.getPath("/model.safetensors");
      for (int i = 0; i < 2; i++) {
        new Safetensors(Map.of(), Map.of("i", "" + i)).write(inside);
        assertThat(Safetensors.read(inside).metadata()).containsEntry("i", "" + i);
        FileAccess.requireWritable(inside);
        FileAccess.requireAppendable(inside);
      }
      assertThatThrownBy(() -> FileAccess.requireWritable(files.getPath("/none/x")))
          .hasMessage(
              "/none/x: expected an existing folder, found no folder /none; create the folder");
      assertThatThrownBy(() -> FolderLock.tryLock(files.getPath("/"), this))
          .isInstanceOf(IOException.class)
          .hasMessage("a file system without locks");
      assertThat(all(files.getPath("/"))).containsExactly(inside);
    }
  }

  @Test
  void writersOfOneFileDoNotMix() throws IOException {
    byte[][] contents = new byte[8][];
    IntStream.range(0, 8).forEach(i -> contents[i] = new byte[] {(byte) i, (byte) i, (byte) i});
    IntStream.range(0, 80)
        .parallel()
        .forEach(
            i -> {
              try {
                AtomicFile.write(file, out -> out.write(contents[i % 8]));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    byte[] content = Files.readAllBytes(file);
    assertThat(contents[content[0]]).isEqualTo(content);
    assertThat(all(folder)).containsExactly(file);
  }

  @Test
  void aDiskThatFailsIsToldInTheNameOfTheFile() throws IOException {
    AtomicFile.NamedOutput full =
        new AtomicFile.NamedOutput(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                throw new IOException("No space left on device");
              }
            },
            e -> FileChecks.refused(file, "to write the whole file", e, "make room there"));
    assertThatThrownBy(() -> full.write(1))
        .hasMessage(
            file
                + ": expected to write the whole file, found 'No space left on device'; make room"
                + " there");
    assertThatThrownBy(() -> full.write(new byte[9])).isInstanceOf(FileSystemException.class);
    try (AtomicFile whole = AtomicFile.create(file)) {
      whole.out().close();
      assertThatThrownBy(() -> whole.out().write(1))
          .isInstanceOf(FileSystemException.class)
          .hasMessageStartingWith(file + ": expected to write the whole file, found ");
      assertThatThrownBy(whole::commit)
          .isInstanceOf(FileSystemException.class)
          .hasMessageEndingWith("; make room there, or name another place");
    }
    assertThat(all(folder)).containsExactly(file);
  }

  @Test
  void aFileThatIsMountedByItselfIsKnown() {
    String list =
        """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw
        99 22 8:1 /home/a/model /app/model.safetensors rw - ext4 /dev/root rw
        98 22 8:1 /home/a/b /app/with\\040space\\134x rw - ext4 /dev/root rw
        """;
    assertThat(WritePlace.isMounted(list, Path.of("/app/model.safetensors"))).isTrue();
    assertThat(WritePlace.isMounted(list, Path.of("/app/with space\\x"))).isTrue();
    assertThat(WritePlace.isMounted(list, Path.of("/home/a/model"))).isFalse();
    assertThat(WritePlace.isMounted(file)).isFalse();
  }

  @Test
  void whatCannotBeSavedIsSavedElsewhere() throws IOException {
    FileAccess.saveOrRescue(file, path -> AtomicFile.write(path, ONE));
    assertThat(Files.readAllBytes(file)).containsExactly(1);

    Path within = file.resolve("model.safetensors");
    Path[] rescued = new Path[1];
    assertThatThrownBy(
            () ->
                FileAccess.saveOrRescue(
                    within,
                    path -> {
                      AtomicFile.write(path, ONE);
                      rescued[0] = path;
                    }))
        .isInstanceOf(IOException.class)
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessage(
                        within
                            + ": expected a folder at "
                            + file
                            + ", found something else; correct the path; the content was saved as "
                            + rescued[0]));
    assertThat(rescued[0]).hasFileName("model.safetensors").hasBinaryContent(new byte[] {1});
    Files.delete(rescued[0]);
    Files.delete(rescued[0].getParent());

    assertThatThrownBy(
            () ->
                FileAccess.saveOrRescue(
                    folder.resolve("z".repeat(300)),
                    path -> {
                      rescued[0] = path;
                      throw new IOException("no disk at all");
                    }))
        .hasMessage("no disk at all")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(rescued[0]).hasFileName("rescued.safetensors");
    Files.delete(rescued[0].getParent());
  }

  @Test
  void folders() throws IOException {
    Path made = folder.resolve("a").resolve("b");
    FileAccess.makeFolder(made);
    FileAccess.makeFolder(made);
    assertThat(made).isDirectory();
    assertThatThrownBy(() -> FileAccess.makeFolder(file))
        .hasMessage(file + ": expected a folder, found a file; name another folder");
    assertThatThrownBy(() -> FileAccess.makeFolder(file.resolve("x")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageEndingWith("; name another folder");
  }

  @Test
  void leftoversOfLongNamesAreFoundToo() throws IOException {
    String name = "checkpoint-of-a-run-with-a-name-that-is-longer-than-the-hidden-one-000000001.x";
    String cut = ShortName.of(name);
    assertThat(cut).hasSize(64);
    for (String kept : List.of(cut.substring(0, 20), "other")) {
      Files.createFile(folder.resolve("." + kept + ".0123456789abcdef.tmp"));
    }
    Path left = Files.createFile(folder.resolve("." + cut + ".0123456789abcdef.tmp"));
    AtomicFile.deleteLeftovers(
        folder, Pattern.compile(name.replace("000000001.x", "[0-9]{9}\\.x")));
    assertThat(left).doesNotExist();
    assertThat(all(folder)).hasSize(3);
  }
}
