package io.toolstream.bench.contender;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The arguments of calls: a JSON object of a fixed size that carries the call's number, so that an answer can be told
 * from the answer to any other call.
 */
public final class Payload {
    private static final byte[] NUMBER = ascii("{\"number\":");
    private static final byte[] PAD = ascii(",\"pad\":\"");
    private static final byte[] END = ascii("\"}");

    private final int bytes;

    /** @param bytes size of each object */
    public Payload(int bytes) {
        this.bytes = bytes;
    }

    byte[] arguments(long number) {
        byte[] digits = ascii(Long.toString(number));
        byte[] json = new byte[Math.max(bytes, NUMBER.length + digits.length + PAD.length + END.length)];
        Arrays.fill(json, (byte) 'x');
        System.arraycopy(NUMBER, 0, json, 0, NUMBER.length);
        System.arraycopy(digits, 0, json, NUMBER.length, digits.length);
        System.arraycopy(PAD, 0, json, NUMBER.length + digits.length, PAD.length);
        System.arraycopy(END, 0, json, json.length - END.length, END.length);
        return json;
    }

    /** A whole call as it stands on a topic. */
    byte[] call(long number) {
        return call(number, 1);
    }

    /** The same for another of the tool servers, from 1. */
    public byte[] call(long number, int server) {
        byte[] arguments = arguments(number);
        byte[] opening =
                ascii("{\"id\":\"" + number + "\",\"server\":\"stub-" + server + "\",\"tool\":\"echo\",\"arguments\":");
        byte[] json = Arrays.copyOf(opening, opening.length + arguments.length + 1);
        System.arraycopy(arguments, 0, json, opening.length, arguments.length);
        json[json.length - 1] = '}';
        return json;
    }

    /** Whether the answer holds the arguments of this very call, byte for byte. */
    boolean isEchoedIn(byte[] answer, int offset, int length, long number) {
        byte[] wanted = arguments(number);
        for (int at = offset; at <= offset + length - wanted.length; at++) {
            if (Arrays.equals(answer, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
