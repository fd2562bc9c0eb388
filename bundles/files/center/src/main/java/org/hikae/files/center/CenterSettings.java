package org.hikae.files.center;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hikae.api.files.center.Conditions;
import org.hikae.config.Configured;
import org.hikae.files.center.collect.Limits;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations of the center, read whenever they are asked for. Thread-safe. */
final class CenterSettings {

    /** Where it listens, and what it is put on. */
    static final String PID = "org.hikae.center";

    /** Its conditions (e.4). */
    static final String CONDITIONS_PID = "org.hikae.center.conditions";

    /** Factory of what holds for one client besides. */
    static final String CLIENT_PID = "org.hikae.center.client";

    private static final String RUNNING = "running";
    private static final String LISTEN = "listen";
    private static final String NAMES = "names";
    private static final String MEDIUM = "medium";

    private final ConfigurationAdmin admin;
    private final Configured<Rule> clients;

    CenterSettings(ConfigurationAdmin admin) {
        this.admin = admin;
        clients = new Configured<>(admin, CLIENT_PID, "client");
    }

    /**
     * @param running whether it listens, if the platform stays
     * @param listen null: it never did
     * @param names by which clients call it besides
     * @param medium null: it never did
     */
    record State(boolean running, String listen, List<String> names, String medium) {}

    State state() throws IOException {
        Map<String, Object> properties = read(PID);
        return new State(
                Boolean.parseBoolean(String.valueOf(properties.get(RUNNING))),
                text(properties.get(LISTEN)),
                names(text(properties.get(NAMES))),
                text(properties.get(MEDIUM)));
    }

    private static String text(Object value) {
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    private static List<String> names(String text) {
        return text == null ? List.of() : List.of(text.split(","));
    }

    void store(State state) throws IOException {
        Map<String, Object> properties = read(PID);
        properties.put(RUNNING, state.running());
        properties.put(LISTEN, state.listen() == null ? "" : state.listen());
        properties.put(NAMES, String.join(",", state.names()));
        properties.put(MEDIUM, state.medium() == null ? "" : state.medium());
        admin.getConfiguration(PID, "?").update(new Hashtable<>(properties));
    }

    private Map<String, Object> read(String pid) throws IOException {
        Configuration configuration = admin.getConfiguration(pid, "?");
        Dictionary<String, Object> properties = configuration.getProperties();
        return properties == null ? new HashMap<>() : map(properties);
    }

    private static Map<String, Object> map(Dictionary<String, Object> properties) {
        Map<String, Object> map = new HashMap<>();
        Collections.list(properties.keys()).forEach(key -> map.put(key, properties.get(key)));
        return map;
    }

    /** What is configured of the center, with the usual conditions where nothing is. @throws IOException also if it makes no sense */
    Rule center() throws IOException {
        Rule rule = understand(read(CONDITIONS_PID), CONDITIONS_PID);
        return rule.conditions() == null ? new Rule(Rule.USUAL, rule.keep()) : rule;
    }

    void store(Rule rule) throws IOException {
        admin.getConfiguration(CONDITIONS_PID, "?").update(new Hashtable<>(rule.properties()));
    }

    private static Rule understand(Map<String, Object> properties, String whose) throws IOException {
        try {
            return Rule.of(properties);
        } catch (IllegalArgumentException e) {
            throw new IOException("the configuration " + whose + " makes no sense: " + e.getMessage(), e);
        }
    }

    /** What is configured of one client; empty if nothing is. */
    Rule client(String name) throws IOException {
        Dictionary<String, Object> properties = clients.configured().get(name);
        return properties == null ? new Rule(null, null) : understand(map(properties), CLIENT_PID + "~" + name);
    }

    /** @param rule one that says nothing: there is none any more */
    void store(String client, Rule rule) throws IOException {
        if (rule.conditions() != null || rule.keep() != null) {
            clients.store(client, rule.properties());
        } else if (clients.configured().containsKey(client)) {
            clients.remove(client);
        }
    }

    /**
     * The rules of clients, by name.
     *
     * @param problems takes what is wrong, a sentence each
     */
    SortedMap<String, Rule> clients(List<String> problems) throws IOException {
        SortedMap<String, Rule> rules = new TreeMap<>();
        for (String name : clients.configured().keySet()) {
            try {
                rules.put(name, client(name));
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        return rules;
    }

    /** What transfers keep to. @throws IOException if that is not known */
    Limits limits() throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Conditions> conditions = new HashMap<>();
        clients(problems).forEach((name, rule) -> {
            if (rule.conditions() != null) {
                conditions.put(name, rule.conditions());
            }
        });
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
        return new Limits(center().conditions(), conditions);
    }
}
