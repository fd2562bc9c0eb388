package org.hikae.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RequestTest {
    private static final Caller CALLER = new Caller("/srv/é", "Asia/Tokyo", 80, true, false, true, false);

    @Property
    void argumentsArriveAsTheyAre(@ForAll @Size(max = 10) List<String> arguments) throws ProtocolException {
        List<String> texts = arguments.stream().filter(RequestTest::isText).toList();
        Request request = new Request(CALLER, new Request.Command("disk", texts));

        assertThat(Request.unpack(request.packed())).isEqualTo(request);
        Words words = new Words(3, texts);
        assertThat(Words.unpack(words.packed())).isEqualTo(words);
    }

    private static boolean isText(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    @Test
    void everyTaskArrives() throws ProtocolException {
        for (Request.Task task : List.of(new Request.Script("file", "a; b"), new Request.Shell())) {
            assertThat(Request.unpack(new Request(CALLER, task).packed()).task())
                    .isEqualTo(task);
        }
    }

    @Property
    void damagedRequestsAreRefusedOrAreOtherRequests(
            @ForAll @IntRange(max = 200) int at, @ForAll byte damage, @ForAll boolean cut) {
        byte[] packed = new Request(CALLER, new Request.Command("disk", List.of("add", "", "x"))).packed();
        int place = at % packed.length;
        byte[] damaged = cut ? Arrays.copyOf(packed, place) : packed.clone();
        if (!cut) {
            damaged[place] = damage;
        }
        try {
            assertThat(Request.unpack(damaged).packed()).hasSameSizeAs(damaged);
            assertThat(cut).isFalse();
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).startsWith("a ");
        }
    }

    @Property
    void anyBytesAreARequestOrRefused(@ForAll @Size(max = 100) byte[] bytes) {
        try {
            Request.unpack(bytes);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    @Test
    void hugeCountsTakeNoMemory() {
        byte[] count = new Packer().number(0).number(Integer.MAX_VALUE).content();

        assertThatThrownBy(() -> Words.unpack(count)).isInstanceOf(ProtocolException.class);
    }
}
