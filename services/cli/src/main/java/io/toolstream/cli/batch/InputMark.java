package io.toolstream.cli.batch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By what an input is known again, although it may have grown meanwhile.
 *
 * @param bytes how many of its first the digest is of
 * @param sha256 in hex
 */
record InputMark(int bytes, String sha256) {
    static final int HEAD_BYTES = 64 << 10;
    static final InputMark NONE = new InputMark(0, "-");

    static InputMark of(byte[] head) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(head);
            return new InputMark(head.length, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
