"""The words that hold an edit together: what to do, how much, where to; a table, no rules."""

from collections.abc import Mapping

from bot.studio.retouch.instruction.words import Kind

GRAMMAR: Mapping[tuple[Kind, str, float], str] = {
    (Kind.MORE, "", 1): "more|increase|increased|raise|raised|boost|boosted|bump|bump up|turn up"
    "|push|crank up|up|higher|stronger|extra|intensify|amplify|strengthen",
    (Kind.LESS, "", 1): "less|reduce|reduced|lower|lowered|decrease|decreased|cut|turn down|not so"
    "|not as|not too|weaker|minus|cut down|bring down|take down|fewer|ease off|dial down|dial back",
    (
        Kind.TOO,
        "",
        1,
    ): "too|way too|much too|far too|a bit too|a little too|overly|a little bit too",
    (Kind.STRENGTH, "", 0.5): "a bit|a little|a little bit|slightly|a touch|a tad|a hint|a hint of"
    "|a touch of|a bit of|a little of|somewhat|subtly|subtle|gently|gentle|lightly|a shade|a notch"
    "|mildly|mild|a fraction|just a bit|ever so slightly|faint|faintly|delicate|delicately",
    (Kind.STRENGTH, "", 1.6): "much|a lot|lots|lots of|way|very|really|super|far|strongly|strong"
    "|significantly|considerably|a great deal|heavily|heavy|noticeably|substantially|quite a bit"
    "|a good deal|drastically|a whole lot|so much|deeply",
    (Kind.STRENGTH, "", 1.8): "twice|twice as|double|doubly|2x|two times",
    (Kind.STRENGTH, "", 2.2): "extremely|incredibly|hugely|totally|completely|fully|entirely"
    "|maximally|as much as possible|insanely",
    (
        Kind.ADD,
        "",
        1,
    ): "add|adds|adding|put|puts|insert|place"
    "|overlay|attach|stick|introduce|bring in|write|print|stamp|superimpose|type|set the words"
    "|set the text|create|show|display",
    (Kind.GIVE, "", 1): "give|gives|giving",
    (Kind.REMOVE, "", 1): "remove|removing|delete|erase|get rid of|take out|take away|cut out|rid"
    "|strip|strip out|clear|drop|eliminate|hide|crop out|edit out|retouch out|clean up|lose"
    "|without|no",
    (
        Kind.REPLACE,
        "",
        1,
    ): "replace|swap|swap out|exchange|substitute|switch|instead of|rather than",
    (Kind.KEEP, "", 1): "keep|keeping|keeps|leave|leaving|preserve|preserving|retain|retaining"
    "|maintain|maintaining|don't change|do not change|without changing|don't touch|do not touch"
    "|without touching|not changing|without altering|don't alter|do not alter|without affecting"
    "|don't affect|do not affect|stays|stay|remains|remain|unchanged|untouched|unaffected|intact"
    "|the same|same|as is|as it is|as they are|alone|exactly the same|as before|don't modify"
    "|do not modify|protect|should stay|must stay",
    (Kind.EXCEPT, "", 1): "except|except for|apart from|other than|but not|not|excluding",
    (
        Kind.REST,
        "",
        1,
    ): "rest|everything else|all else"
    "|anything else|else|composition|layout|framing|pose|shape of it|style|proportions|details"
    "|detail|quality|size|aspect ratio|format|content|position|perspective",
    (Kind.COLOURS, "", 1): "colour|colours|color|colors|hue|hues|palette|colour scheme"
    "|color scheme|colour palette|color palette|colouring|coloring",
    (Kind.BRAND, "", 1): "brand|brand colour|brand colours|brand color|brand colors|corporate"
    "|corporate colours|corporate colors|brand palette|company colours|company colors|duotone"
    "|duo tone|duo-tone|two-tone|two tone|tritone|gradient map|house colours|our colours"
    "|our colors",
    (Kind.RESTYLE, "", 1): "restyle|restyled|restyling|in the style of|style of|redraw|redrawn"
    "|repaint|repainted",
    (Kind.TINT, "", 1): "tint|tinted|tinge|cast|colour cast|color cast|wash|filter|overlay of"
    "|undertone|toned",
    (Kind.PLAIN, "", 1): "plain|solid|flat|simple|pure|uniform|clean|single|one-colour|one colour",
    (
        Kind.CLEAR,
        "",
        1,
    ): "transparent|transparency|see-through"
    "|see through|isolate|isolated|isolating|knock out|knockout|cutout|cut-out|cut out the subject"
    "|alpha|no background|without a background|without background|without the background",
    (Kind.ON, "", 1): "on|onto|upon|against|in front of|before|over",
    (Kind.TO, "", 1): "to|into|with|by|for|as|from",
    (Kind.CROP, "", 1): "crop|cropped|cropping|trim|trimmed|crop it|crop down|reframe|recrop",
    (Kind.CLOSER, "", 1): "zoom in|zoom|zoomed in|tighter|closer|close in|crop in|crop tighter"
    "|crop closer|closer crop|tighter crop|closer in|close-up|closeup|close up",
    (Kind.FLIP, "left to right", 1): "flip|flipped|mirror|mirrored|mirror image|flip horizontally"
    "|flipped horizontally|mirror horizontally|reflect|reverse|horizontal flip|flip sideways"
    "|mirror-image|other way round|other way around|flip left to right|flip it horizontally",
    (Kind.FLIP, "top to bottom", 1): "flip vertically|flipped vertically|mirror vertically"
    "|vertical flip|flip it vertically|flip top to bottom|vertically",
    (Kind.ROTATE, "", 1): "rotate|rotated|rotating|turn clockwise|rotation|spin",
    (Kind.ANGLE, "90", 1): "clockwise|to the right|right|a quarter turn|quarter turn|sideways",
    (Kind.ANGLE, "270", 1): "counterclockwise|counter-clockwise|counter clockwise|anticlockwise"
    "|anti-clockwise|anti clockwise|to the left|left",
    (Kind.ANGLE, "180", 1): "upside down|upside-down|upside",
    (Kind.BORDER, "white", 1): "border|borders|frame|margin|margins|passe-partout|mat|framed"
    "|white space|whitespace|edge frame",
    (Kind.BORDER, "extended", 1): "padding|pad|padded|space around|space around it|room around"
    "|room around it|breathing room|breathing space|more space|negative space|empty space|space",
    (
        Kind.EXTEND,
        "",
        1,
    ): "extend|extended|extend the canvas"
    "|expand the canvas|canvas|without cropping|letterbox|letterboxed|outpaint|expand|fill out"
    "|widen the canvas|uncrop|pad to|pad out to",
    (Kind.LETTERS, "", 1): "text|words|word|caption|headline|heading|title|slogan|tagline"
    "|lettering|letters|wording|saying|says|say|reading|reads|read|that says|that reads|font"
    "|typeface|subtitle|typography|watermark",
    (Kind.PLACE, "top", 1): "top|upper|above|at the top|on top|header|upper edge|top edge",
    (Kind.PLACE, "bottom", 1): "bottom|lower part|below|at the bottom|underneath|beneath|footer"
    "|lower edge|bottom edge|under it|lower third",
    (Kind.PLACE, "middle", 1): "middle|centre|center|centred|centered|in the middle|in the centre"
    "|in the center|across|across the middle|across the centre",
    (Kind.PLACE, "left", 1): "left-hand|left aligned|left-aligned|left hand|on the left",
    (Kind.PLACE, "right", 1): "right-hand|right aligned|right-aligned|right hand|on the right",
    (Kind.PLACE, "top left", 1): "top left|upper left|top-left|upper-left",
    (Kind.PLACE, "top right", 1): "top right|upper right|top-right|upper-right",
    (Kind.PLACE, "bottom left", 1): "bottom left|lower left|bottom-left|lower-left",
    (Kind.PLACE, "bottom right", 1): "bottom right|lower right|bottom-right|lower-right",
    (Kind.SIZE, "", 1.6): "big|large|huge|giant|wide|thick|chunky|generous",
    (Kind.SIZE, "", 0.6): "small|tiny|little|thin|narrow|slim|fine|discreet",
    (Kind.FACE, "serif-black", 1): "serif|in serif",
    (Kind.FACE, "sans-black", 1): "sans|sans serif|sans-serif|bold sans",
    (Kind.FACE, "hand", 1): "handwritten|handwriting|hand-written|script|hand lettered|brush"
    "|hand-lettered",
    (Kind.FACE, "round", 1): "round|rounded|friendly|bubbly",
    (Kind.FACE, "condensed", 1): "condensed|tall letters|compressed",
    (Kind.FACE, "serif-italic", 1): "italic|italics|cursive|elegant",
    (Kind.THE, "", 1): "the|his|her|hers|its|their|my|our|your",
    (Kind.SEPARATOR, "", 1): "and|but|then|while|plus|also|as well as|, and|so that|so|and then"
    "|but also|and also|along with|together with|as well|whilst|yet|though|however",
    (
        Kind.FILLER,
        "",
        1,
    ): "a|an|of|in|at|off|how about|what about"
    "|convert|converted|is|are|be|was|were|been|am|i|i'd|i'm|we|us|me|you|he|she|they|it's|that's"
    "|can|could|would|should|will|want|wants|need|needs|like|love|prefer|let|let's|lets|have|has"
    "|having|get|make|makes|making|made|turn|turned|turning|change|changed|changing|bring|apply"
    "|applied|use|using|set|do|does|did|edit|edited|editing|modify|adjust|adjusted|adjusting|tweak"
    "|retouch|update|alter|fix|correct|please|thanks|thank you|hi|hey|hello|ok|okay|just|only"
    "|simply|try|trying|now|here|there|again|still|look|looks|looking|feel|feels|feeling|seem|some"
    "|any|bit|effect|effects|tone|tones|tonality|lighting|lights|mood|atmosphere|vibe|overall"
    "|finish|treatment|colour grade|grade|kind of|sort of|area|areas|part|parts|layer|which|who"
    "|what|when|where|both|each|into something|something|appear|appears|come out|go|going|goes"
    "|become|becomes|rather|quite|fairly|pretty|nice|nicely|beautiful|good|style|version|quickly"
    "|kindly|maybe|perhaps|instead|exactly|it look|temperature|colour temperature"
    "|color temperature|white balance|levels|level|amount|enough|recolour|recolor|recoloured"
    "|recolored|paint|painted over|dye|dyed|colour it|colorize|colourise|colourize|colorise"
    "|colored|coloured|shade|shades|shaded|modern|stylish|degrees|degree|deg|percent|px|pixel"
    "|pixels|around|all around|all round|round it|ratio|aspect|orientation|one|'s|s|down|same time"
    "|at the same time|thank|cheers|that's all",
}
"""Phrases by kind, value and amount, in lower case, parted by bars."""
