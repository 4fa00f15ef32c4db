package org.nn4j.report.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.zip.CRC32C;

/**
 * Event file of TensorBoard: a TFRecord for each event, {@code length, masked CRC-32C of the
 * length, event, masked CRC-32C of the event}. Not thread-safe.
 */
final class EventFile {
  private static final String VERSION = "brain.Event:2";
  private static final int CRC_MASK = 0xa282ead8;

  private final Path file;
  private final Clock clock;

  private EventFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Creates a file with a new name and the event with the version. */
  static EventFile create(Path folder, Clock clock) throws IOException {
    String name = "events.out.tfevents." + clock.instant().getEpochSecond() + ".nn4j";
    for (int i = 0; ; i++) {
      Path file = folder.resolve(i == 0 ? name : name + "." + i);
      try {
        Files.createFile(file);
        EventFile events = new EventFile(file, clock);
        events.append(events.event(0).text(3, VERSION));
        return events;
      } catch (FileAlreadyExistsException anotherRunOfThisSecond) {
        // The next name.
      }
    }
  }

  /** Appends a summary in one write, so that readers see whole events. */
  void append(long step, ProtoMessage summary) throws IOException {
    append(event(step).message(5, summary));
  }

  private ProtoMessage event(long step) {
    return new ProtoMessage().number(1, clock.millis() / 1e3).integer(2, step);
  }

  private void append(ProtoMessage event) throws IOException {
    byte[] data = event.toBytes();
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedCrc(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(maskedCrc(data, data.length));
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(record.array());
    }
  }

  static int maskedCrc(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
  }
}
