/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import static io.sluice.coordination.VirtualTime.SECOND;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A board in memory, as consistent as S3: a request takes effect at one moment between its start
 * and its end. Requests are slow, fail before or after their effect, or take effect long after they
 * failed. Times are whole seconds by a clock that is minutes away from those of the members.
 */
final class SimulatedBoard implements Board {
  private static final long MILLI = SECOND / 1000;
  private static final long CLOCK_OFFSET_MILLIS = 777_345;

  private final VirtualTime time;
  private final Random random;
  private final TreeMap<String, Long> names = new TreeMap<>();
  private double failing;
  private double slow;
  private boolean down;
  private int requests;

  SimulatedBoard(VirtualTime time, Random random) {
    this.time = time;
    this.random = random;
  }

  /** Sets the parts of the requests that fail, and that take seconds. */
  SimulatedBoard withFaults(double partFailing, double partSlow) {
    failing = partFailing;
    slow = partSlow;
    return this;
  }

  /** Sets whether no request gets an answer. */
  void setDown(boolean isDown) {
    down = isDown;
  }

  int requests() {
    return requests;
  }

  Set<String> names() {
    return Set.copyOf(names.keySet());
  }

  private long modified() {
    long millis = time.nanos() / MILLI + CLOCK_OFFSET_MILLIS;
    return millis / 1000 * 1000;
  }

  private void travel() {
    time.sleep(
        random.nextDouble() < slow
            ? SECOND + random.nextLong(11 * SECOND)
            : 3 * MILLI + random.nextLong(40 * MILLI));
  }

  private void request(Runnable effect) throws IOException {
    requests++;
    travel();
    if (down) {
      throw new IOException("down");
    }
    if (random.nextDouble() < failing) {
      switch (random.nextInt(3)) {
        case 0 -> {}
        case 1 -> effect.run();
        default -> time.after(random.nextLong(15 * SECOND), effect);
      }
      throw new IOException("no answer");
    }
    effect.run();
    travel();
  }

  @Override
  public void put(String name) throws IOException {
    request(() -> names.put(name, modified()));
  }

  @Override
  public List<Posting> list() throws IOException {
    List<Posting> found = new ArrayList<>();
    request(
        () -> {
          found.clear();
          names.forEach((name, modified) -> found.add(new Posting(name, modified)));
        });
    return List.copyOf(found);
  }

  @Override
  public void delete(Collection<String> gone) throws IOException {
    List<String> copy = List.copyOf(gone);
    request(() -> copy.forEach(names::remove));
  }
}
