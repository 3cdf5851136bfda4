package io.toolstream.bench.stub;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** A tool server that answers at once on stdin and stdout: a program of its own. */
public final class LineStub {
    private LineStub() {}

    /** How it is run. */
    public static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                LineStub.class.getName());
    }

    public static void main(String[] arguments) throws IOException {
        StubProtocol protocol = new StubProtocol();
        InputStream in = new BufferedInputStream(System.in, 1 << 16);
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            byte[] answer = protocol.answer(line.toByteArray());
            line.reset();
            if (answer != null) {
                out.write(answer);
                out.write('\n');
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
    }
}
