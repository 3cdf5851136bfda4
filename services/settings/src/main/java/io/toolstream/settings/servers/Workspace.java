package io.toolstream.settings.servers;

import io.toolstream.settings.source.References;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an {@code mcp.json} is read in.
 *
 * @param folder relative paths start here: the file's folder, or the one above if that belongs to an editor
 */
record Workspace(Path folder, Map<String, String> environment, References references) {
    static Workspace of(Path file, Map<String, String> environment) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            folder = file.toAbsolutePath();
        }
        Path own = folder.getFileName();
        Path above = folder.getParent();
        Path root = own != null && above != null && own.toString().startsWith(".") ? above : folder;
        Map<String, String> fixed = Map.of(
                "workspaceFolder", root.toString(),
                "userHome", environment.getOrDefault("HOME", System.getProperty("user.home", "/")),
                "/", root.getFileSystem().getSeparator(),
                "pathSeparator", root.getFileSystem().getSeparator());
        return new Workspace(root, Map.copyOf(environment), References.ofServers(environment, fixed));
    }
}
