package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a server, in one file or in several. */
class ServerLogTest {
  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void linesAreReadFromTheBeginningOfTheTestOn() throws IOException {
    Path file = write("server.log", "before\n");
    ServerLog log = new ServerLog(file);
    write("server.log", "before\nafter\n");
    assertThat(log.text()).isEqualTo("after\n");
  }

  @Test
  void linesAreReadAlsoIfTheServerHasBegunFurtherFilesSince() throws IOException {
    Path file = write("micro.log.0", "2\n");
    write("micro.log.1", "1\n");
    ServerLog log = new ServerLog(file);
    Files.move(folder.resolve("micro.log.1"), folder.resolve("micro.log.2"));
    Files.move(file, folder.resolve("micro.log.1"));
    write("micro.log.1", "2\n3\n");
    write("micro.log.0", "4\n");
    assertThat(log.text()).isEqualTo("3\n4\n");
    assertThat(log.lastLine()).isEqualTo("4");
  }

  @Test
  void aLogThatIsNotThereIsEmpty() {
    assertThat(new ServerLog(folder.resolve("none.log.0")).text()).isEmpty();
  }
}
