package dev.bantam.model.script;

import dev.bantam.api.Finish;
import dev.bantam.api.Message;
import dev.bantam.api.Part;
import dev.bantam.api.ReplyListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells a reply that is whole already in pieces, as one that is made. */
final class PiecemealReply {
    private static final int PIECE = 256; // characters

    private PiecemealReply() {}

    /** @return the reply, or what of it was told when the listener had heard enough */
    static Message.Assistant tell(Message.Assistant message, ReplyListener listener) {
        List<Part> told = new ArrayList<>();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Thinking thinking -> {
                    String heard = tell(thinking.text(), listener::thinking, listener);
                    told.add(heard.length() == thinking.text().length() ? thinking : new Part.Thinking(heard));
                }
                case Part.Text text -> told.add(new Part.Text(tell(text.text(), listener::text, listener)));
                case Part.ToolCall call -> told.add(call);
                case Part.Image image -> told.add(image);
            }
            if (listener.enough()) {
                return new Message.Assistant(told, Finish.HALTED);
            }
        }
        return message;
    }

    private static String tell(String text, Consumer<String> hears, ReplyListener listener) {
        int end = 0;
        for (int at = 0; at < text.length(); at = end) {
            end = Math.min(text.length(), at + PIECE);
            end += end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
            hears.accept(text.substring(at, end));
            if (listener.enough()) {
                return text.substring(0, end);
            }
        }
        return text;
    }
}
