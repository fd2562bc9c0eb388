package org.hikae.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The manual's page of configurations is what the bundles' metatype says. With the system property
 * {@code hikae.write.manual=true} the page is written instead of compared.
 */
class ConfigurationManualTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "manual", "configuration.md");

    private static final String HEAD =
            """
            # Configuration

            Every configuration is a file in `HOME/etc`, read at the start and written when a command changes it. A thing
            of which there can be several has a factory PID, and its file is `PID~NAME.config`; any other's is `PID.config`.
            The format is that of Apache Felix: `property="text"`, `property=I"5"` for an integer, `property=L"5"` for a
            long, `property=B"true"` for a boolean. This page is generated from what the bundles themselves declare.
            """;

    @Test
    void thePageListsEveryPidAndProperty() throws Exception {
        Map<String, String> sections = new TreeMap<>();
        for (URL folder : Collections.list(getClass().getClassLoader().getResources("OSGI-INF/metatype/"))) {
            for (Document document : documents(folder.toURI())) {
                addSection(document, sections);
            }
        }
        assertThat(sections).containsKeys("org.hikae.disk", "org.hikae.node", "org.hikae.log.strategy");
        String page = HEAD + String.join("", sections.values());
        if (Boolean.getBoolean("hikae.write.manual")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static List<Document> documents(URI folder) throws Exception {
        if (!folder.getScheme().equals("jar")) {
            return read(Path.of(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(folder, Map.of())) {
            return read(jar.getPath("OSGI-INF", "metatype"));
        }
    }

    private static List<Document> read(Path folder) throws Exception {
        List<Document> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    documents.add(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(in));
                }
            }
        }
        return documents;
    }

    private static void addSection(Document document, Map<String, String> sections) throws IOException {
        Element ocd = (Element) document.getElementsByTagName("OCD").item(0);
        NodeList designates = document.getElementsByTagName("Designate");
        for (int i = 0; i < designates.getLength(); i++) {
            Element designate = (Element) designates.item(i);
            boolean factory = designate.hasAttribute("factoryPid");
            String pid = designate.getAttribute(factory ? "factoryPid" : "pid");
            if (pid.startsWith("org.hikae.")) {
                sections.put(pid, section(pid, factory, ocd));
            }
        }
    }

    private static String section(String pid, boolean factory, Element ocd) {
        StringBuilder text = new StringBuilder("\n## " + ocd.getAttribute("name") + "\n\n");
        text.append(ocd.getAttribute("description")).append(".\n\n");
        text.append(factory ? "Factory PID `" : "PID `").append(pid).append("`\n\n");
        text.append("| Property | Type | Default | |\n| --- | --- | --- | --- |\n");
        NodeList attributes = ocd.getElementsByTagName("AD");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            String otherwise = attribute.getAttribute("default");
            text.append("| `").append(attribute.getAttribute("id")).append("` | ");
            text.append(attribute.getAttribute("type")).append(" | ");
            text.append(otherwise.isEmpty() ? "" : "`" + otherwise + "`").append(" | ");
            text.append(attribute.getAttribute("description").replace("|", "\\|"))
                    .append(" |\n");
        }
        return text.toString();
    }
}
