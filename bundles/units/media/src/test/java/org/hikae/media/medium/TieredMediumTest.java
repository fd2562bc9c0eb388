package org.hikae.media.medium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hikae.api.media.spi.MediumObject;
import org.hikae.api.media.spi.ObjectReader;
import org.hikae.api.media.spi.ObjectWriter;
import org.hikae.media.testing.MemoryDriver;
import org.hikae.media.testing.MemoryTier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A medium and what a second tier has of it, as one. */
class TieredMediumTest extends TieredRig {

    private static final String MARK = "hikae-medium.tier";

    @Nested
    class Both {

        @Test
        void whatEitherHasIsThereOnce() throws IOException {
            driver.objects.put("b/1", new byte[7]);
            driver.objects.put("a/2", new byte[2]);
            far("b/1", 1);
            far("b/0", 1);
            far("c/1", 1);
            tier.put(new UUID(7, 7), "b/9", bytes(1));
            assertThat(medium.list("b/")).containsExactly(new MediumObject("b/0", 3), new MediumObject("b/1", 7));
            assertThat(medium.list(""))
                    .extracting(MediumObject::name)
                    .containsSubsequence("a/2", "b/0", "b/1", "c/1")
                    .doesNotContain("b/9");
            assertThat(used.near().list("b/")).containsExactly(new MediumObject("b/1", 7));
        }

        /** It comes to be in the second tier before it goes from the medium. */
        @Test
        void whatIsEvictedMeanwhileIsListed() throws IOException {
            driver.objects.put(NAME, bytes(1));
            driver.fault = what -> {
                if (what.startsWith("list")) {
                    far(NAME, 1);
                    driver.objects.remove(NAME);
                }
            };
            assertThat(medium.list("data@1/")).containsExactly(new MediumObject(NAME, 3));
        }

        @Test
        void whatIsNearIsReadThere() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 9);
            assertThat(read(NAME)).isEqualTo(bytes(1));
            driver.objects.remove(NAME);
            assertThat(read(NAME)).isEqualTo(bytes(9));
            assertThatThrownBy(() -> medium.open("no/where")).isInstanceOf(NoSuchFileException.class);
        }

        @Test
        void marksOfTheMediumAreNear() throws IOException {
            far("hikae-medium", 1);
            far("hikae-medium.next", 1);
            used.copies().expect();
            assertThat(medium.list("hikae-medium"))
                    .extracting(MediumObject::name)
                    .containsExactly("hikae-medium", MARK);
            assertThatThrownBy(() -> medium.open("hikae-medium.next")).isInstanceOf(NoSuchFileException.class);
            medium.delete("hikae-medium.next");
            assertThat(tier.names(used.id())).contains("hikae-medium.next");
        }

        @Test
        void aNameIsNotGivenTwice() throws IOException {
            far(NAME, 1);
            assertThatThrownBy(() -> medium.create(NAME)).isInstanceOf(FileAlreadyExistsException.class);
            assertThatThrownBy(() -> medium.createPlaced(NAME, 3)).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(driver.names()).isEmpty();
        }

        /** A crash leaves what is near: nothing that was deleted comes back. */
        @Test
        void theCopyIsDeletedFirst() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 1);
            List<String> steps = new ArrayList<>();
            driver.fault = steps::add;
            tier.fault = steps::add;
            medium.delete(NAME);
            assertThat(steps).containsSubsequence("tier forgot " + NAME, "delete " + NAME);
            assertThat(medium.list("data@1/")).isEmpty();
        }

        @Test
        void whatTheTierCannotForgetIsNotDeleted() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 1);
            medium.list("");
            tier.fault = what -> {
                throw new IOException("no space left on device");
            };
            assertThatThrownBy(() -> medium.delete(NAME))
                    .hasMessageContaining("bring it back")
                    .hasMessageContaining("no space left");
            assertThat(driver.names()).containsExactly(NAME);
        }
    }

    @Nested
    class Failures {

        @Test
        void whatCannotBeOpenedNearIsReadFar() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 1);
            failOn("open");
            assertThat(read(NAME)).isEqualTo(bytes(1));
            tier.copies.clear();
            assertThatThrownBy(() -> medium.open(NAME)).hasMessage("Input/output error");
        }

        /** Also when it was opened before, and to the place that was asked for. */
        @Test
        void whatCannotBeReadNearIsReadFar() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 1);
            try (ObjectReader reader = medium.open(NAME)) {
                assertThat(read(reader)).isEqualTo(bytes(1));
                failOn("read");
                ByteBuffer two = ByteBuffer.allocate(5).position(2).limit(4);
                reader.read(two, 1);
                assertThat(two.array()).containsExactly(0, 0, 2, 3, 0);
                driver.fault = what -> {};
                driver.objects.remove(NAME);
                assertThat(read(reader)).isEqualTo(bytes(1));
                assertThat(reader.nextData(1)).isEqualTo(1);
            }
        }

        @Test
        void aCopyOfAnotherLengthIsNone() throws IOException {
            driver.objects.put(NAME, new byte[8]);
            far(NAME, 1);
            try (ObjectReader reader = medium.open(NAME)) {
                failOn("read");
                assertThatThrownBy(() -> read(reader)).hasMessage("Input/output error");
            }
        }

        @Test
        void aMediumThatWentAwayIsReadNowhere() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 1);
            far("data@1/data.00.0001", 2);
            ObjectReader near = medium.open(NAME);
            ObjectReader copy = medium.open("data@1/data.00.0001");
            media.stop("m");
            for (ObjectReader each : List.of(near, copy)) {
                assertThatThrownBy(() -> read(each)).hasMessage("medium 'm': its driver went away");
            }
        }

        @Test
        void aReaderThatIsClosedOpensNothing() throws IOException {
            driver.objects.put(NAME, bytes(1));
            far(NAME, 1);
            ObjectReader reader = medium.open(NAME);
            reader.close();
            reader.close();
            driver.fault = what -> {
                throw new ClosedChannelException();
            };
            tier.fault = what -> {
                throw new AssertionError(what);
            };
            assertThatThrownBy(() -> read(reader)).isInstanceOf(ClosedChannelException.class);
        }

        /** What fails may come again, unless it is known to be bad. */
        @Test
        void isDamageOnlyIfItIsKnownToBe() throws IOException {
            far(NAME, 1);
            try (ObjectReader reader = medium.open(NAME)) {
                tier.fault = what -> {
                    if (what.startsWith("tier read")) {
                        throw new IOException("cartridge V00001L9 is in no library");
                    }
                };
                assertThatThrownBy(() -> read(reader))
                        .hasMessage("cartridge V00001L9 is in no library")
                        .isInstanceOfSatisfying(SecondTierException.class, e -> assertThat(e.isDamage())
                                .isFalse());
                tier.set(used.id(), NAME, new MemoryTier.Held(bytes(1), true, "it is damaged"));
                assertThatThrownBy(() -> read(reader))
                        .isInstanceOfSatisfying(SecondTierException.class, e -> assertThat(e.isDamage())
                                .isTrue());
            }
        }

        private void failOn(String step) {
            driver.fault = what -> {
                if (what.startsWith(step)) {
                    throw new IOException("Input/output error");
                }
            };
        }
    }

    @Nested
    class WithoutTheTier {

        /** As on every platform without one. */
        @Test
        void aMediumWithoutCopiesIsAMedium() throws IOException {
            media.tier = null;
            driver.objects.put(NAME, bytes(1));
            assertThat(medium.isComplete()).isTrue();
            medium.delete(NAME);
            try (ObjectWriter writer = medium.create(NAME)) {
                writer.commit();
            }
            used.copies().expect();
            assertThat(driver.objects).containsOnlyKeys("hikae-medium", NAME);
        }

        @Test
        void whatMayBeInItIsNotMissing() throws IOException {
            far(NAME, 1);
            driver.objects.put("data@1/index", bytes(5));
            medium.list("");
            assertThat(driver.objects).containsKey(MARK);
            restart();
            media.tier = null;
            assertThat(medium.list("data@1/")).containsExactly(new MediumObject("data@1/index", 3));
            assertThat(medium.isComplete()).isFalse();
            assertThatThrownBy(() -> medium.open(NAME))
                    .isNotInstanceOf(NoSuchFileException.class)
                    .hasMessage(NAME + " is not on medium 'm', and tape control, which may have them, is not there;"
                            + " start its bundle");
            assertThatThrownBy(() -> medium.delete("data@1/index")).hasMessageContaining("bring it back");
            assertThat(read("data@1/index")).isEqualTo(bytes(5));
            media.tier = tier;
            assertThat(medium.isComplete()).isTrue();
            assertThat(read(NAME)).isEqualTo(bytes(1));
        }

        @Test
        void backupsGoOn() throws IOException {
            used.copies().expect();
            media.tier = null;
            try (ObjectWriter writer = medium.create(NAME)) {
                writer.write(ByteBuffer.wrap(bytes(1)));
                writer.commit();
            }
            assertThat(read(NAME)).isEqualTo(bytes(1));
        }

        /** Its registry may be damaged: that is no reason not to see what is near. */
        @Test
        void oneThatCannotTellIsAsNone() throws IOException {
            used.copies().expect();
            driver.objects.put(NAME, bytes(1));
            tier.fault = what -> {
                throw new IOException("the registry of tapes is damaged");
            };
            assertThat(medium.list("data@")).hasSize(1);
            assertThat(medium.isComplete()).isFalse();
            assertThat(used.copies().problem()).contains("the registry of tapes is damaged");
            assertThat(read(NAME)).isEqualTo(bytes(1));
        }

        @Test
        void missingCartridgesMakeItIncomplete() throws IOException {
            tier.complete = false;
            assertThat(medium.isComplete()).isTrue();
            used.copies().expect();
            assertThat(medium.isComplete()).isFalse();
            assertThat(used.copies().problem()).contains("cartridges");
            tier.complete = true;
            driver.complete = false;
            assertThat(medium.isComplete()).isFalse();
        }
    }

    @Nested
    class OfAnIdOfItsOwn {

        /** What is in the second tier and the medium are one thing there. */
        @Test
        void aMediumIsNotJoined() throws IOException {
            MemoryDriver tape = new MemoryDriver();
            tape.id = new UUID(3, 4);
            UsableMedium joined = media.add("t", tape, "").open("t");
            assertThat(joined.id()).isEqualTo(tape.id);
            assertThat(joined.copies().areApart()).isFalse();
            tier.put(tape.id, NAME, bytes(1));
            assertThat(joined.objects().list("data@1/")).isEmpty();
            tape.complete = false;
            assertThat(joined.objects().isComplete()).isFalse();
            joined.copies().expect();
            assertThat(tape.objects).containsOnlyKeys("hikae-medium");
        }
    }
}
