package org.hikae.socket;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.felix.service.command.CommandProcessor;
import org.hikae.wire.Connection;
import org.hikae.wire.Frame;
import org.hikae.wire.FrameType;
import org.hikae.wire.ProtocolException;
import org.hikae.wire.Request;
import org.hikae.wire.VersionException;
import org.hikae.wire.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. The thread that runs it reads what the client says; commands run on a thread of their own, and go on when
 * the client is lost.
 */
final class Conversation implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int WIDEST = 10_000;
    private static final int MOST_CANDIDATES = 1000;

    private final ByteChannel channel;
    private final Connection connection;
    private final CommandProcessor processor;
    private final Gate gate;

    /** Of what runs, or ran last. */
    private volatile Cancellation cancellation;

    /** Guards the fields below, and with them who closes. */
    private final Object turn = new Object();

    private boolean running;
    private boolean lost;

    // Of the reading thread, set before any command starts.
    private RemoteInput input;
    private CommandLine line;

    Conversation(ByteChannel channel, CommandProcessor processor, Gate gate) {
        this.channel = channel;
        this.connection = new Connection(channel);
        this.processor = processor;
        this.gate = gate;
    }

    @Override
    public void run() {
        try (channel) {
            connection.greet();
            converse();
        } catch (ProtocolException | VersionException e) {
            LOG.warn("A client was turned away: {}", e.getMessage());
        } catch (ClosedChannelException e) {
            LOG.debug("The conversation is over");
        } catch (IOException e) {
            LOG.debug("A client was lost", e);
        } catch (RuntimeException e) {
            LOG.error("A conversation failed", e);
        } finally {
            endOfClient();
        }
    }

    /** What the client asked for is cancelled, as by Ctrl-C. */
    void cancel() {
        Cancellation current = cancellation;
        if (current != null) {
            current.cancel();
            input.cancel();
        }
    }

    /** Tells a client that waits for nothing yet, or between two lines, that it should go elsewhere. */
    void sayClosing() {
        synchronized (turn) {
            if (running) {
                return;
            }
        }
        try {
            connection.refuse();
        } catch (IOException e) {
            LOG.debug("A client was gone before it was told to go", e);
        }
    }

    /** Ends it; a command that still runs talks to nobody. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("A conversation could not be closed", e);
        }
    }

    private void converse() throws IOException {
        Frame first = connection.read();
        if (first == null) {
            return;
        }
        if (first.type() != FrameType.REQUEST) {
            throw new ProtocolException("it begins with a frame " + first.type());
        }
        Request request = Request.unpack(first.content());
        input = new RemoteInput(connection);
        PrintStream out = Output.to(connection, FrameType.OUTPUT);
        PrintStream err = Output.to(connection, FrameType.ERROR);
        line = new CommandLine(processor, request.caller(), input, out, err, this::sayJob);
        if (request.task() instanceof Request.Command command) {
            start(cancel -> line.command(command.name(), command.arguments(), cancel), true);
        } else if (request.task() instanceof Request.Script script) {
            start(cancel -> line.script(script.name(), script.text(), cancel), true);
        }
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            handle(frame, request.task() instanceof Request.Shell);
        }
    }

    /** So that a client that is ended from outside can say what goes on without it. */
    private void sayJob(long id) {
        try {
            connection.send(
                    FrameType.JOB, ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
        } catch (IOException e) {
            LOG.debug("A client was lost", e);
        }
    }

    private void handle(Frame frame, boolean isShell) throws IOException {
        switch (frame.type()) {
            case INPUT -> input.offer(frame.content());
            case INPUT_END -> input.end();
            case CANCEL -> cancel();
            case WIDTH -> line.width(Math.max(0, Math.min(frame.number(), WIDEST)));
            case LINE -> {
                requireIdleShell(isShell, frame);
                String text = new String(frame.content(), StandardCharsets.UTF_8);
                input.next();
                start(cancel -> line.line(text, cancel), false);
            }
            case COMPLETE -> {
                requireIdleShell(isShell, frame);
                complete(Words.unpack(frame.content()));
            }
            default -> throw new ProtocolException("a client sends a frame " + frame.type());
        }
    }

    private void requireIdleShell(boolean isShell, Frame frame) throws ProtocolException {
        synchronized (turn) {
            if (!isShell || running) {
                throw new ProtocolException("a frame " + frame.type() + " out of turn");
            }
        }
    }

    private void complete(Words words) throws IOException {
        if (words.index() < 0 || words.index() >= words.words().size()) {
            throw new ProtocolException("a word that is not there");
        }
        List<String> candidates;
        try {
            candidates = line.complete(words.index(), words.words());
        } catch (Exception e) {
            LOG.warn("Nothing is completed", e);
            candidates = List.of();
        }
        List<String> most = candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()));
        connection.send(FrameType.CANDIDATES, new Words(words.index(), most).packed());
    }

    /** @param only whether the conversation is over with it */
    private void start(ToIntFunction<Cancellation> work, boolean only) throws IOException {
        if (!gate.enter()) {
            connection.send(FrameType.CLOSING);
            return;
        }
        Cancellation own = new Cancellation(line::interrupt);
        cancellation = own;
        synchronized (turn) {
            running = true;
        }
        // Not of a pool: Gogo leaves marks on the threads it is called on.
        Thread thread = new Thread(() -> work(work, own, only), "hikae-call");
        thread.setDaemon(true);
        thread.start();
    }

    private void work(ToIntFunction<Cancellation> work, Cancellation own, boolean only) {
        boolean last = false;
        try {
            int code = work.applyAsInt(own);
            synchronized (turn) {
                // Before the client is told, which may send the next line then.
                running = false;
                last = lost;
            }
            connection.send(FrameType.EXIT, code);
        } catch (IOException e) {
            LOG.debug("A command ended that nobody waited for", e);
        } finally {
            // After the client is told: the platform may end then.
            gate.leave();
        }
        if (last) {
            line.close();
        } else if (only) {
            close();
        }
    }

    /** Whoever is the last to need the session closes it: closing interrupts what runs in it. */
    private void endOfClient() {
        boolean last;
        synchronized (turn) {
            lost = true;
            last = !running;
        }
        if (input != null) {
            input.end();
        }
        if (last && line != null) {
            line.close();
        }
    }
}
