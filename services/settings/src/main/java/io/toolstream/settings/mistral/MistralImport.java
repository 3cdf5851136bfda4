package io.toolstream.settings.mistral;

import io.toolstream.settings.servers.McpFile;
import io.toolstream.settings.source.Pointers;
import io.toolstream.settings.source.Problem;
import io.toolstream.settings.source.Problems;
import io.toolstream.settings.source.SettingsException;
import io.toolstream.settings.source.SourceFile;
import io.toolstream.settings.source.SourceReader;
import io.toolstream.settings.source.SourceTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A configuration of mistral.rs, as an {@code mcp.json} and settings that do the same here.
 *
 * @param servers the text of the {@code mcp.json}; as secret as the configuration was
 * @param settings the text of the settings (YAML)
 * @param count of servers
 * @param warnings what is otherwise than it seemed, there or here
 */
public record MistralImport(String servers, String settings, int count, List<Problem> warnings) {
    public MistralImport {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a configuration. Nothing is written.
     *
     * @param serversFile where the {@code mcp.json} will stand
     * @param settingsFile where the settings will
     * @throws SettingsException with everything for which mistral.rs would not start, or that cannot be used here
     */
    public static MistralImport of(Path file, Path serversFile, Path settingsFile) {
        Problems syntax = new Problems();
        SourceTree tree = SourceFile.read(file, syntax)
                .map(bytes -> SourceReader.strictJson(bytes, file.toString(), syntax))
                .orElse(SourceTree.empty(file.toString()));
        throwIfAny(syntax.sorted().stream().filter(MistralReader::isRefused).toList());

        Problems problems = new Problems();
        Findings findings = new Findings(tree, problems, new Problems());
        MistralConfig config = new MistralReader(findings).read();
        throwIfAny(problems.sorted());

        Map<String, MistralServer> named = ImportNames.of(config.servers(), findings);
        String servers = servers(named, findings);
        String settings = new SettingsText(config, findings)
                .write(String.valueOf(file.getFileName()), relative(serversFile, settingsFile), named);
        check(servers, serversFile, named, findings);
        throwIfAny(problems.sorted());
        return new MistralImport(
                servers, settings, named.size(), findings.warnings().sorted());
    }

    private static String servers(Map<String, MistralServer> named, Findings findings) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode list = root.putObject("mcpServers");
        named.forEach((name, server) -> list.set(name, new EntryWriter(name, server, findings).write()));
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** What our own reader has to say of the result, at the server that it came from. */
    private static void check(String servers, Path file, Map<String, MistralServer> named, Findings findings) {
        Problems problems = new Problems();
        SourceTree tree = SourceReader.json(servers.getBytes(StandardCharsets.UTF_8), file.toString(), problems);
        McpFile read = McpFile.in(tree, file, Map.of("PATH", System.getenv().getOrDefault("PATH", "")), problems);
        problems.sorted()
                .forEach(problem ->
                        findings.problem(pointer(problem, named), "cannot be used here: " + problem.message()));
        read.warnings().forEach(warning -> findings.warning(pointer(warning, named), warning.message()));
    }

    private static String pointer(Problem problem, Map<String, MistralServer> named) {
        List<String> names = problem.pointer().isEmpty() ? List.of() : Pointers.names(problem.pointer());
        MistralServer server = names.size() > 1 ? named.get(names.get(1)) : null;
        return server == null ? "" : server.pointer() + "/source";
    }

    private static String relative(Path serversFile, Path settingsFile) {
        Path servers = serversFile.toAbsolutePath().normalize();
        Path folder = settingsFile.toAbsolutePath().normalize().getParent();
        Path relative = folder == null ? servers : folder.relativize(servers);
        return relative.toString().replace('\\', '/');
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** Without the texts, which may hold secrets. */
    @Override
    public String toString() {
        return "MistralImport[" + count + " servers]";
    }
}
