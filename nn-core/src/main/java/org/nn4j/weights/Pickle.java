package org.nn4j.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nn4j.internal.Texts;
import org.nn4j.io.ModelFormatException;

/**
 * Reader of the pickles that PyTorch writes for a state_dict: a machine with a stack and a memo,
 * whose programs build dictionaries, lists, tuples, strings, numbers and tensors.
 *
 * <p>It supports the instructions that such a pickle needs, of protocols 2 to 5. The name of a
 * Python function or class is a value that {@link TorchName} must contain; another one is refused.
 * No class is loaded. Each value takes a byte of the pickle or more, so memory is bounded by its
 * length. Source: Python's pickletools.
 */
final class Pickle {
  /** Tuple of Python. */
  record Tuple(List<Object> items) {}

  /** The value None of Python. */
  enum None {
    NONE
  }

  private final String file;
  private final ByteBuffer in;
  private final Map<Integer, Object> memo = new HashMap<>();

  /** The values since each mark; instructions use the last. */
  private final List<List<Object>> stacks = new ArrayList<>();

  private int at;

  private Pickle(byte[] pickle, String file) {
    this.file = file;
    this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    stacks.add(new ArrayList<>());
  }

  /**
   * Executes a pickle.
   *
   * @return a Map, List, {@link Tuple}, String, Long, Double, Boolean, {@link None}, {@link
   *     TorchName}, {@link TorchStorage} or {@link TorchTensor}
   * @throws ModelFormatException if it is damaged, or needs anything else
   */
  static Object read(byte[] pickle, String file) throws ModelFormatException {
    Pickle machine = new Pickle(pickle, file);
    for (int code = machine.next(); code != '.'; code = machine.next()) {
      machine.execute(code);
    }
    return machine.pop();
  }

  private int next() throws ModelFormatException {
    at = in.position();
    return (int) unsigned(1);
  }

  private void execute(int code) throws ModelFormatException {
    switch (code) {
      case 0x80 -> require(unsigned(1) <= 5, "protocol 5 or older", "a newer one");
      case 0x95 -> take(Long.BYTES); // the length of a frame
      case '(' -> stacks.add(new ArrayList<>());
      case 'N' -> push(None.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'J' -> push((long) take(Integer.BYTES).getInt());
      case 'K' -> push(unsigned(1));
      case 'M' -> push(unsigned(2));
      case 0x8a -> push(integer((int) unsigned(1)));
      case 'G' -> push(take(Double.BYTES).order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'X' -> push(text(unsigned(Integer.BYTES)));
      case 0x8c -> push(text(unsigned(1)));
      case '}' -> push(new LinkedHashMap<>());
      case ']' -> push(new ArrayList<>());
      case ')' -> push(new Tuple(List.of()));
      case 't' -> push(new Tuple(popMarked()));
      case 0x85, 0x86, 0x87 -> push(new Tuple(pop(code - 0x84)));
      case 'a' -> append(pop(1));
      case 'e' -> append(popMarked());
      case 's' -> put(pop(2));
      case 'u' -> put(popMarked());
      case 'q' -> memo.put((int) unsigned(1), top());
      case 'r' -> memo.put((int) unsigned(Integer.BYTES), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'h' -> push(remembered((int) unsigned(1)));
      case 'j' -> push(remembered((int) unsigned(Integer.BYTES)));
      case 'c' -> push(name(List.of(line(), line())));
      case 0x93 -> push(name(pop(2)));
      case 'Q' -> push(TorchStorage.of(new CallArguments(this, pop())));
      case 'R' -> {
        List<Object> call = pop(2);
        push(cast(call.get(0), TorchName.class).call(new CallArguments(this, call.get(1))));
      }
      case 'b' -> { // attributes of a dictionary, such as _metadata
        pop();
        cast(top(), Map.class);
      }
      default ->
          throw wrong(
              "the instructions of a state_dict", "instruction 0x" + Integer.toHexString(code));
    }
  }

  private TorchName name(List<Object> parts) throws ModelFormatException {
    String name = cast(parts.get(0), String.class) + "." + cast(parts.get(1), String.class);
    return TorchName.of(name)
        .orElseThrow(
            () ->
                wrong(
                    "tensors, dictionaries and lists, without functions and classes of Python",
                    Texts.brief(name)));
  }

  private List<Object> stack() {
    return stacks.get(stacks.size() - 1);
  }

  private void push(Object value) {
    stack().add(value);
  }

  private Object top() throws ModelFormatException {
    require(!stack().isEmpty(), "a value on the stack", "none");
    return stack().get(stack().size() - 1);
  }

  private Object pop() throws ModelFormatException {
    return pop(1).get(0);
  }

  private List<Object> pop(int count) throws ModelFormatException {
    int size = stack().size();
    require(size >= count, count + " values on the stack", "" + size);
    List<Object> last = stack().subList(size - count, size);
    List<Object> popped = List.copyOf(last);
    last.clear();
    return popped;
  }

  private List<Object> popMarked() throws ModelFormatException {
    require(stacks.size() > 1, "a mark on the stack", "none");
    return stacks.remove(stacks.size() - 1);
  }

  @SuppressWarnings("unchecked") // only this class creates lists, of objects
  private void append(List<Object> items) throws ModelFormatException {
    cast(top(), List.class).addAll(items);
  }

  @SuppressWarnings("unchecked") // only this class creates maps, of objects
  private void put(List<Object> pairs) throws ModelFormatException {
    require(pairs.size() % 2 == 0, "a value for each key", pairs.size() + " values and keys");
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i);
      require(
          key instanceof String || key instanceof Long,
          "keys that are strings or integers",
          kind(key));
      cast(top(), Map.class).put(key, pairs.get(i + 1));
    }
  }

  private Object remembered(int index) throws ModelFormatException {
    Object value = memo.get(index);
    if (value == null) {
      throw wrong("a value at " + Integer.toUnsignedString(index) + " of the memo", "none");
    }
    return value;
  }

  private ByteBuffer take(long count) throws ModelFormatException {
    require(count <= in.remaining(), count + " more bytes", "" + in.remaining());
    ByteBuffer taken = in.slice(in.position(), (int) count).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) count);
    return taken;
  }

  private long unsigned(int width) throws ModelFormatException {
    ByteBuffer bytes = take(width);
    return switch (width) {
      case 1 -> bytes.get() & 0xffL;
      case 2 -> bytes.getShort() & 0xffffL;
      default -> bytes.getInt() & 0xffffffffL;
    };
  }

  private Long integer(int width) throws ModelFormatException {
    byte[] bigEndian = new byte[width + 1];
    ByteBuffer bytes = take(width);
    for (int i = width; i > 0; i--) {
      bigEndian[i] = bytes.get();
    }
    bigEndian[0] = (byte) (bigEndian[Math.min(1, width)] >> 7); // its sign
    BigInteger value = new BigInteger(bigEndian);
    require(value.bitLength() < Long.SIZE, "integers below 2^63", "a larger one");
    return value.longValue();
  }

  private String text(long length) throws ModelFormatException {
    return StandardCharsets.UTF_8.decode(take(length)).toString();
  }

  private String line() throws ModelFormatException {
    int end = in.position();
    while (end < in.limit() && in.get(end) != '\n') {
      end++;
    }
    String line = text(end - in.position());
    take(1);
    return line;
  }

  <T> T cast(Object value, Class<T> type) throws ModelFormatException {
    require(type.isInstance(value), "a value of the kind " + kind(type), kind(value));
    return type.cast(value);
  }

  private static String kind(Object value) {
    return value instanceof Class<?> type ? type.getSimpleName() : kind(value.getClass());
  }

  void require(boolean holds, String expected, String found) throws ModelFormatException {
    if (!holds) {
      throw wrong(expected, found);
    }
  }

  ModelFormatException wrong(String expected, String found) {
    return new ModelFormatException(
        file,
        "byte " + at + " of data.pkl",
        expected,
        found,
        "save the tensors alone in Python: torch.save(model.state_dict(), file)");
  }
}
