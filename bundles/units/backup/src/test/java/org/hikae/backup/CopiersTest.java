package org.hikae.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.hikae.api.backup.BackupRequest;
import org.hikae.api.backup.Quieting;
import org.hikae.api.copy.CopyLimits;
import org.hikae.api.media.Layout;
import org.hikae.api.node.Node;
import org.hikae.api.node.Nodes;
import org.junit.jupiter.api.Test;

/** Which nodes copy (a.12). */
class CopiersTest {

    private static Node node(String name) {
        return (Node) Proxy.newProxyInstance(
                Node.class.getClassLoader(), new Class<?>[] {Node.class}, (proxy, method, arguments) -> name);
    }

    /** A platform on which the nodes of these names are up. */
    private static Nodes nodes(String... names) {
        List<Node> list = List.of(names).stream().map(CopiersTest::node).toList();
        return (Nodes) Proxy.newProxyInstance(
                Nodes.class.getClassLoader(),
                new Class<?>[] {Nodes.class},
                (proxy, method, arguments) -> method.getName().equals("list")
                        ? list
                        : list.stream()
                                .filter(node -> node.name().equals(arguments[0]))
                                .findFirst()
                                .orElseThrow(() -> new IOException("there is no node " + arguments[0])));
    }

    private static List<String> copiers(Nodes nodes, CopyLimits limits, String... chosen) throws IOException {
        BackupRequest request = new BackupRequest(
                "data", "m", List.of(chosen), limits, Layout.PACKED, false, null, Quieting.NONE, null);
        return Copiers.of(request, nodes).stream().map(Node::name).toList();
    }

    private static CopyLimits rate(String node) {
        return new CopyLimits(0, 0, Map.of(node, 1L), Map.of());
    }

    private static CopyLimits workers(String node) {
        return new CopyLimits(0, 0, Map.of(), Map.of(node, 1));
    }

    @Test
    void allUnlessSomeAreChosen() throws IOException {
        Nodes nodes = nodes("n1", "n2", "n3");
        assertThat(copiers(nodes, CopyLimits.NONE)).containsExactly("n1", "n2", "n3");
        assertThat(copiers(nodes, CopyLimits.NONE, "n3", "n1")).containsExactly("n3", "n1");
        assertThat(copiers(nodes, rate("n2"))).containsExactly("n1", "n2", "n3");
        assertThat(copiers(nodes, workers("n3"), "n3")).containsExactly("n3");
    }

    @Test
    void aNodeThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> copiers(nodes("n1"), CopyLimits.NONE, "n1", "n2"))
                .hasMessage("there is no node n2");
        assertThatThrownBy(() -> copiers(nodes("n1"), rate("n2"))).hasMessage("there is no node n2");
        assertThatThrownBy(() -> copiers(nodes(), CopyLimits.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage("no node is up that could copy disk 'data': start one");
    }

    @Test
    void aNodeThatIsNamedTwiceIsRefused() {
        assertThatThrownBy(() -> copiers(nodes("n1", "n2"), CopyLimits.NONE, "n1", "n2", "n1"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("node 'n1' is named twice among those that copy");
    }

    @Test
    void aLimitOfANodeThatDoesNotCopyIsRefused() {
        for (CopyLimits limits : List.of(rate("n3"), workers("n3"))) {
            assertThatThrownBy(() -> copiers(nodes("n1", "n2", "n3"), limits, "n2", "n1"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("node 'n3' has a limit and does not copy: n1, n2 do; name it among them, or leave its"
                            + " limit out");
        }
    }
}
