package org.hikae.shell.command;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.api.block.BlockSet;
import org.hikae.api.job.Progress;
import org.hikae.api.media.DataPlace;
import org.hikae.api.media.Eviction;
import org.hikae.api.media.GenerationInfo;
import org.hikae.api.media.GenerationReader;
import org.hikae.api.media.GenerationRequest;
import org.hikae.api.media.GenerationSurvey;
import org.hikae.api.media.GenerationWriter;
import org.hikae.api.media.Generations;
import org.hikae.api.media.MergeReport;
import org.hikae.api.media.MergeRequest;
import org.hikae.api.media.StoredObjects;
import org.hikae.api.media.VerifyReport;

/** Generations in a list. */
final class FakeGenerations implements Generations {

    final Map<String, GenerationInfo> generations = new LinkedHashMap<>();
    final List<GenerationSurvey.Unread> unread = new ArrayList<>();
    /** Holders by id. */
    final Map<String, List<String>> holds = new TreeMap<>();

    final Map<String, DataPlace> places = new TreeMap<>();
    /** Where readers were read. */
    final List<Long> read = new ArrayList<>();
    /** Why nothing can be read; null if it can. */
    String unreadable;
    /** What readers tell. */
    double asked = 1;
    /** The blocks of generations of groups. */
    BlockSet set = BlockSet.empty();

    @Override
    public GenerationSurvey survey() {
        return new GenerationSurvey(List.copyOf(generations.values()), List.copyOf(unread));
    }

    @Override
    public List<GenerationInfo> chain(String id) throws IOException {
        List<GenerationInfo> chain = new ArrayList<>();
        for (String next = id; next != null; next = get(next).parent()) {
            chain.add(get(next));
        }
        return chain;
    }

    @Override
    public GenerationInfo get(String id) throws IOException {
        if (!generations.containsKey(id)) {
            throw new IOException("there is no generation " + id + " on any medium that can be used");
        }
        return generations.get(id);
    }

    @Override
    public GenerationWriter create(GenerationRequest request) {
        throw new UnsupportedOperationException("the shell makes no generations");
    }

    @Override
    public GenerationReader open(String id) throws IOException {
        GenerationInfo info = get(id);
        return (GenerationReader) Proxy.newProxyInstance(
                GenerationReader.class.getClassLoader(),
                new Class<?>[] {GenerationReader.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "info" -> info;
                    case "size" -> info.size();
                    case "blockSize" -> info.blockSize();
                    case "set" -> set;
                    case "read" -> read(info, (long) arguments[1]);
                    case "generationsAsked" -> asked;
                    case "openMeta" -> Optional.empty();
                    case "openFileSystem" -> InvocationHandler.invokeDefault(proxy, method, arguments);
                    default -> null;
                });
    }

    private Object read(GenerationInfo info, long offset) throws IOException {
        read.add(offset);
        if (info.group() != null && !set.contains(offset / info.blockSize())) {
            throw new IOException("block " + offset / info.blockSize() + " is no part of group " + info.groupName());
        }
        if (unreadable != null) {
            throw new IOException(unreadable);
        }
        return null;
    }

    @Override
    public VerifyReport verify(String id, Progress progress) {
        throw new UnsupportedOperationException("verification is a job");
    }

    @Override
    public void remove(String id) throws IOException {
        get(id);
        generations.remove(id);
    }

    @Override
    public MergeReport merge(MergeRequest request, Progress progress) {
        throw new UnsupportedOperationException("a merge is a job");
    }

    @Override
    public void hold(String id, String holder) throws IOException {
        get(id);
        holds.computeIfAbsent(id, key -> new ArrayList<>()).add(holder);
    }

    @Override
    public void release(String id, String holder) {
        holds.getOrDefault(id, new ArrayList<>()).remove(holder);
    }

    @Override
    public Map<String, List<String>> holds() {
        return holds;
    }

    @Override
    public StoredObjects objects(String id) {
        throw new UnsupportedOperationException("what reads objects is a job");
    }

    @Override
    public Eviction evict(String id) {
        throw new UnsupportedOperationException("an eviction is a job");
    }

    @Override
    public Map<String, DataPlace> places() {
        return places;
    }
}
