package org.rollcall.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A small social network: 24 people, ids {@code "1"} to {@code "24"}, on a circle. Friendship is
 * mutual, and everybody's circle is different.
 */
public final class DemoNetwork {
  private static final List<String> NAMES =
      List.of(
          "Ada Moreau",
          "Ben Okafor",
          "Chiara Rossi",
          "Daan Visser",
          "Elif Yılmaz",
          "Farid Haddad",
          "Greta Lindqvist",
          "Hugo Martins",
          "Ines Carvalho",
          "Jonas Weber",
          "Keiko Tanaka",
          "Liam O'Connor",
          "Mei Chen",
          "Noah Fischer",
          "Olga Petrova",
          "Priya Sharma",
          "Quentin Dubois",
          "Rosa Delgado",
          "Samir Khan",
          "Tuva Berg",
          "Umar Diallo",
          "Vera Novák",
          "Wanda Kowalska",
          "Yusuf Demir");

  /** The distances of friends on the circle. Every third person also knows the person opposite. */
  private static final int[] STEPS = {1, 4, 9};

  private DemoNetwork() {}

  /**
   * A person of the network.
   *
   * @param id the user's id
   * @param name the full name
   * @param friends the friends' ids
   */
  public record Person(String id, String name, List<String> friends) {}

  /** Returns all people, by id. */
  public static List<Person> people() {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      Set<Integer> friends = new TreeSet<>();
      for (int step : STEPS) {
        friends.add(Math.floorMod(i + step, NAMES.size()));
        friends.add(Math.floorMod(i - step, NAMES.size()));
      }
      if (i % 3 == 0) {
        friends.add(Math.floorMod(i + NAMES.size() / 2, NAMES.size()));
      }
      people.add(new Person(id(i), NAMES.get(i), friends.stream().map(DemoNetwork::id).toList()));
    }
    return people;
  }

  private static String id(int position) {
    return Integer.toString(position + 1);
  }
}
