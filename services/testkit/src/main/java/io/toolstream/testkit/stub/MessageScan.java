package io.toolstream.testkit.stub;

/**
 * Where a JSON object's top-level {@code id} and {@code method} stand, found without making anything of the rest. Trusts
 * the text to be JSON. Reused from message to message by the one thread of the stub.
 */
final class MessageScan {
    private byte[] bytes = {};
    private int position;
    private int end;

    private int idStart;
    private int idEnd;
    private int methodStart;
    private int methodEnd;

    /** Reads the object that fills the range. */
    void scan(byte[] text, int start, int length) {
        bytes = text;
        position = start;
        end = start + length;
        idStart = idEnd = methodStart = methodEnd = start;
        skipTo((byte) '{');
        while (position < end) {
            skipTo((byte) '"');
            int nameStart = position;
            skipString();
            int nameLength = position - 1 - nameStart;
            skipTo((byte) ':');
            int valueStart = skipSpace();
            skipValue();
            note(nameStart, nameLength, valueStart);
        }
    }

    private void note(int nameStart, int nameLength, int valueStart) {
        if (nameLength == 2 && bytes[nameStart] == 'i' && bytes[nameStart + 1] == 'd') {
            idStart = valueStart;
            idEnd = position;
        } else if (nameLength == 6 && bytes[nameStart] == 'm' && bytes[nameStart + 5] == 'd') {
            methodStart = valueStart + 1;
            methodEnd = position - 1;
        }
    }

    boolean hasId() {
        return idEnd > idStart;
    }

    int idStart() {
        return idStart;
    }

    int idLength() {
        return idEnd - idStart;
    }

    boolean isMethod(byte[] name) {
        if (methodEnd - methodStart != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[methodStart + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Behind the next such byte. */
    private void skipTo(byte wanted) {
        while (position < end && bytes[position++] != wanted) {
            // On to the next byte.
        }
    }

    private int skipSpace() {
        while (position < end && bytes[position] <= ' ') {
            position++;
        }
        return position;
    }

    /** Behind the closing quote, from behind the opening one. */
    private void skipString() {
        while (position < end) {
            byte b = bytes[position++];
            if (b == '"') {
                return;
            }
            if (b == '\\') {
                position++;
            }
        }
    }

    private void skipValue() {
        int depth = 0;
        while (position < end) {
            byte b = bytes[position];
            if (depth == 0 && (b == ',' || b == '}' || b <= ' ')) {
                return;
            }
            position++;
            if (b == '"') {
                skipString();
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
    }
}
