/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class UnpooledJsonTest {

  private static boolean isPooling(ObjectMapper mapper) {
    return mapper.getFactory().isEnabled(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING);
  }

  @Test
  void aMapperWithTheModulesOfTheClassPathKeepsNothingInThreads() {
    assertThat("Jackson by itself", isPooling(new ObjectMapper()), is(true));
    // As Beam makes those for the options of a job.
    ObjectMapper beams =
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(UnpooledJson.class.getClassLoader()));
    assertThat(isPooling(beams), is(false));
  }
}
