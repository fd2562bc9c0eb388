package org.hikae.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hikae.api.disk.Disk;
import org.hikae.api.disk.Disks;
import org.hikae.api.group.Group;
import org.hikae.api.group.Groups;
import org.hikae.group.testing.Configurations;
import org.junit.jupiter.api.Test;

class GroupUnitTest {

    private final Configurations configurations = new Configurations();
    private final Groups groups = new GroupUnit(configurations.admin(), disks());

    /** There is {@code data} with a file system, and {@code tape} without. */
    private static Disks disks() {
        return (Disks) Proxy.newProxyInstance(
                GroupUnitTest.class.getClassLoader(), new Class<?>[] {Disks.class}, (proxy, method, args) -> {
                    assertThat(method.getName()).isEqualTo("get");
                    if (!List.of("data", "tape").contains(args[0])) {
                        throw new IOException("there is no disk '" + args[0] + "'");
                    }
                    return disk(args[0].equals("data"));
                });
    }

    private static Disk disk(boolean hasFileSystem) {
        return (Disk) Proxy.newProxyInstance(
                GroupUnitTest.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, args) -> {
                    assertThat(method.getName()).isEqualTo("hasFileSystem");
                    return hasFileSystem;
                });
    }

    @Test
    void groupsAreKeptAsConfigurations() throws IOException {
        Group mail = new Group("mail", "data", List.of("mail/*", "X mail/spam"));
        Group code = new Group("code", "elsewhere", List.of("*.java"));
        groups.add(mail);
        groups.add(code);
        assertThat(groups.list()).containsExactly(code, mail);
        assertThat(groups.get("mail")).isEqualTo(mail);
        assertThat(new GroupUnit(configurations.admin(), disks()).list()).containsExactly(code, mail);
        Group changed = new Group("mail", "data", List.of("mail/*"));
        groups.replace(changed);
        groups.remove("code");
        assertThat(groups.list()).containsExactly(changed);
        assertThat(configurations.stored()).containsOnlyKeys("mail");
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() throws IOException {
        groups.add(new Group("mail", "data", List.of("mail/*")));
        assertThatThrownBy(() -> groups.add(new Group("mail", "data", List.of("a"))))
                .hasMessageContaining("there is a group 'mail' already");
        assertThatThrownBy(() -> groups.add(new Group("-", "data", List.of("a"))))
                .hasMessageContaining("cannot be the name of a group");
        assertThatThrownBy(() -> groups.add(new Group("new", "data", List.of("a", "X"))))
                .hasMessageContaining("line 2 of the group list, 'X'");
        assertThatThrownBy(() -> groups.add(new Group("new", "data", List.of())))
                .hasMessageContaining("no line");
        assertThatThrownBy(() -> groups.add(new Group("new", "data", Collections.nCopies(30_001, "name"))))
                .hasMessageContaining("has 150005 characters");
        assertThatThrownBy(() -> groups.add(new Group("new", "tape", List.of("a"))))
                .hasMessageContaining("was added as raw");
        assertThatThrownBy(() -> groups.replace(new Group("mail", "data", List.of("a//b"))))
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> groups.replace(new Group("mail", "other", List.of("a"))))
                .hasMessageContaining("is one of disk 'data'");
        for (String absent : List.of("none", "")) {
            assertThatThrownBy(() -> groups.get(absent)).hasMessageContaining("there is no group '" + absent + "'");
            assertThatThrownBy(() -> groups.replace(new Group(absent, "data", List.of("a"))))
                    .hasMessageContaining("there is no group");
            assertThatThrownBy(() -> groups.remove(absent)).hasMessageContaining("there is no group");
        }
        assertThat(groups.list()).containsExactly(new Group("mail", "data", List.of("mail/*")));
    }

    @Test
    void aGroupThatWasWrittenByHandDoesNotVanish() throws IOException {
        configurations.put("a", Map.of("name", "a", "disk", "data", "list", "one"));
        configurations.put("b", Map.of("disk", "data"));
        configurations.put("c", Map.of("name", "c", "list", List.of("one", "X two")));
        assertThat(groups.list())
                .containsExactly(
                        new Group("a", "data", List.of("one")),
                        new Group("b", "data", List.of()),
                        new Group("c", "", List.of("one", "X two")));
        groups.check(groups.get("c").list());
        assertThatThrownBy(() -> groups.check(groups.get("b").list())).hasMessageContaining("no line");
        assertThatThrownBy(() -> groups.check(List.of("a", "[b"))).hasMessageContaining("line 2");
    }
}
