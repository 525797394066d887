package org.pellang.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.pellang.cli.run.Places;

/**
 * What every command works with.
 *
 * @param name the command as the user called it, for messages
 * @param arguments as the user gave them
 * @param terminal where to write
 * @param places where files are
 * @param environment variables of the process
 * @param frontEnd the compiler, made when it is first needed: a cached program starts without it
 */
public record Invocation(
        String name,
        List<String> arguments,
        Terminal terminal,
        Places places,
        Map<String, String> environment,
        Supplier<FrontEnd> frontEnd) {

    /** One line on standard error with the command's name. */
    public void say(String message) {
        terminal.say(name, message);
    }
}
