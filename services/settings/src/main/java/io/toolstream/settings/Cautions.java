package io.toolstream.settings;

import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.SourceTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be meant, but should be known: said as warnings. */
final class Cautions {
    private static final List<String> WITH_SECRETS = List.of("/kafka/client", "/redis");
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final SourceTree explicit;
    private final SettingsSources sources;
    private final List<Problem> warnings = new ArrayList<>();

    private Cautions(SourceTree explicit, SettingsSources sources) {
        this.explicit = explicit;
        this.sources = sources;
    }

    /** @param secrets pointers of values that came by reference */
    static List<Problem> of(
            SourceTree explicit, Set<String> secrets, ToolstreamSettings settings, SettingsSources sources) {
        Cautions cautions = new Cautions(explicit, sources);
        cautions.warnOfOpenSecrets(secrets);
        cautions.warnOfOpenPort(settings.admin());
        return cautions.warnings;
    }

    private void warnOfOpenSecrets(Set<String> secrets) {
        Path file = sources.file();
        if (file == null || !isReadByOthers(file)) {
            return;
        }
        for (String section : WITH_SECRETS) {
            explicit.root().at(section).forEachEntry((name, value) -> {
                String pointer = Pointers.child(section, name);
                boolean isInline = explicit.origin(pointer).line() > 0 && !secrets.contains(pointer);
                if (isInline && SecretKeys.isSecret(pointer, value)) {
                    warnings.add(explicit.problem(
                            pointer, "is a secret in a file that other users may read: use ${env:X} or ${file:/path}"));
                }
            });
        }
    }

    private void warnOfOpenPort(AdminSettings admin) {
        if (admin.enabled() && !isLoopback(admin.host())) {
            warnings.add(explicit.problem(
                    "/admin/host", "opens the endpoint, which has no authentication, beyond this machine"));
        }
    }

    private static boolean isReadByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Names are not looked up, but for the one that everybody has. */
    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("[0-9.]+|.*:.*")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
