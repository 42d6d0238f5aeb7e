"""What an instruction for an edit is understood to ask for, and what is refused, in a sentence."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Refused
from bot.studio.retouch import can_retouch, refusals
from bot.studio.retouch.instruction.read import read
from bot.studio.retouch.refusals import Beyond, beyond
from tests.bot.studio.retouching import told

VINTAGE = "warm+0.5; colourful-0.4; fade+0.8; grain+0.8; vignette+0.5 whole"

UNDERSTOOD = [
    # the promise, and its neighbours
    (
        "Edit the last image so the background is warmer, but keep the subject the same",
        "warm+1 background",
    ),
    ("make the second one blue", "in blue"),
    ("make image 2 blue", "in blue"),
    ("Make the 2nd picture blue please", "in blue"),
    ("number 2 in green", "in green"),
    ("Image 3: darker", "bright-1"),
    ("the first one in green please", "in green"),
    ("same but blue", "in blue"),
    ("could you please make the picture a touch warmer for our autumn campaign?", "warm+0.5"),
    ("MAKE   IT WARMER!!! 🙂", "warm+1"),
    # tone, up and down, more and less
    ("a bit warmer", "warm+0.5"),
    ("warm it up", "warm+1"),
    ("cool it down", "warm-1"),
    ("a touch less warm", "warm-0.5"),
    ("it's too warm", "warm-1"),
    ("much darker", "bright-1.6"),
    ("not so bright", "bright-1"),
    ("more light", "bright+1"),
    ("it's too dark", "bright+1"),
    ("underexposed", "bright+1"),
    ("the background is too bright", "bright-1 background"),
    ("the mug isn't bright enough", "bright+1 subject"),
    ("brightness +20%", "bright+0.8"),
    ("turn down the brightness", "bright-1"),
    ("slightly brighter and more contrast", "bright+0.5; contrast+1"),
    ("reduce the contrast by 20%", "contrast-0.8"),
    ("turn the contrast up", "contrast+1"),
    ("make it less saturated", "colourful-1"),
    ("more vivid colours", "colourful+1"),
    ("muted tones", "colourful-1"),
    ("tone down the colours", "colourful-1"),
    ("the colours are too strong", "colourful-1.6"),
    ("more colour", "colourful+1"),
    ("warmer, but only a bit", "warm+0.5"),
    ("warmer but not too much", "warm+0.5"),
    ("make it 2x brighter", "bright+1.8"),
    ("make it black and white", "grey+1"),
    ("convert to greyscale", "grey+1"),
    ("remove the colour", "grey+1"),
    ("sepia please", "sepia+1"),
    ("soften it", "soft+1"),
    ("sharpen the image a little", "sharp+0.5"),
    ("less blurry", "sharp+1"),
    ("add some film grain and a vignette", "grain+1; vignette+1 whole"),
    ("darken the edges", "vignette+1 whole"),
    ("fade it", "fade+1"),
    ("invert the colours", "invert+1"),
    ("make it nicer", "enhance+1"),
    ("make it look like an old photo", VINTAGE),
    ("a vintage look", VINTAGE),
    ("make it pop", "contrast+0.7; colourful+0.7"),
    # regions
    ("blur the background", "blur+1 background"),
    ("out of focus background", "blur+1 background"),
    ("blur everything except the mug", "blur+1 background"),
    ("blur all but the subject", "blur+1 background"),
    ("make everything behind the mug darker", "bright-1 background"),
    ("give it a warmer, brighter background", "warm+1 background; bright+1 background"),
    (
        "make the background warmer and a bit darker, leave the mug alone",
        "warm+1 background; bright-0.5 background",
    ),
    ("without touching the subject, make it cooler", "warm-1 background"),
    ("make the background warmer; the mug must stay unchanged", "warm+1 background"),
    ("a bit brighter without changing the background", "bright+0.5 subject"),
    ("please only change the background: make it warmer", "warm+1 background"),
    ("sharpen the mug and make it blue", "sharp+1 subject; in blue subject"),
    ("a warmer background with a brighter subject", "warm+1 background; bright+1 subject"),
    ("make the background and the subject warmer", "warm+1 background; warm+1 subject"),
    ("make the picture's background warmer", "warm+1 background"),
    # colour
    ("turn the mug red", "in red subject"),
    ("make the red mug blue", "in blue subject"),
    ("I want the mug in a dark forest green", "in dark forest green subject"),
    ("recolour to #AABBCC", "in #aabbcc"),
    ("make the whole image blue", "in blue whole"),
    ("what about a purple version", "in purple"),
    ("in brand colours #0a2540 and #ff7a59", "duotone #0a2540, #ff7a59"),
    ("use these colours: #112233, #445566 and #778899", "duotone #112233, #445566, #778899"),
    ("make it navy and coral", "duotone navy, coral"),
    ("make it blue and darker", "in blue; bright-1"),
    ("change red to blue", "red to blue"),
    ("turn the red parts green", "red to green"),
    ("blue instead of red", "red to blue"),
    ("make all the reds blue", "reds to blue whole"),
    ("add a blue tint", "tint blue+1"),
    ("make it bluer", "tint blue+0.8"),
    ("a bit less yellow", "tint yellow-0.5"),
    ("it is too yellow", "tint yellow-1"),
    # the background replaced
    ("white background", "backdrop white"),
    ("put it on a white background", "backdrop white"),
    ("isolated on white", "backdrop white"),
    ("transparent background", "backdrop none"),
    ("remove the background", "backdrop none"),
    ("cut out the mug", "backdrop none"),
    ("replace the background with navy", "backdrop navy"),
    ("make the background plain blue", "backdrop blue"),
    ("change the background to light blue", "in light blue background"),
    ("make the mug red and the background white", "in red subject; backdrop white"),
    # the medium
    ("as line art", "as line art"),
    ("make it a watercolour", "as watercolor"),
    ("turn it into a watercolor painting", "as watercolor"),
    ("restyle it as a pencil drawing", "as a pencil drawing"),
    ("convert it to a pencil sketch please", "as a pencil drawing"),
    ("redraw it as a flat vector illustration", "as flat areas of colour"),
    ("in the style of a screen print", "as a screen print"),
    ("make it look like a poster", "as a screen print"),
    ("posterize it", "as a screen print"),
    ("newsprint halftone", "as halftone dots; as halftone dots"),
    ("pixelate it", "as pixel art"),
    ("add a watercolor effect", "as watercolor"),
    ("make it line art, in navy, and crop to 4:5", "as line art; in navy; crop 4:5"),
    ("a watercolor background", "as watercolor background"),
    ("a bit of pixel art", "as pixel art 0.5"),
    ("watercolor, but only a bit", "as watercolor 0.5"),
    ("30% line art", "as line art 0.3"),
    # the frame
    ("crop to 16:9", "crop 16:9"),
    ("crop it to a 4 by 5 ratio", "crop 4:5"),
    ("1080x1920", "crop 9:16"),
    ("make it square", "crop 1:1"),
    ("crop for an instagram story", "crop 9:16"),
    ("crop tighter", "closer 0.8"),
    ("flip it horizontally", "flip left to right"),
    ("mirror vertically", "flip top to bottom"),
    ("rotate 90 degrees clockwise", "rotate 90"),
    ("turn it to the left", "rotate 270"),
    ("turn it upside down", "rotate 180"),
    ("add a thick white border", "border white 0.096"),
    ("add padding", "border extended 0.12"),
    ("make it 16:9 without cropping", "border extended 16:9"),
    ("extend it to 9:16 with a blurred border", "border blurred 9:16"),
    # words
    ('add the text "SALE" at the top', '"SALE" top'),
    ("write 'Summer Sale' at the bottom in white", '"Summer Sale" bottom white'),
    ("add a headline saying Summer Sale at the top", '"Summer Sale" top'),
    ("add title: Summer Party", '"Summer Party" bottom'),
    ("write Hello World across it", '"Hello World" middle'),
    ('put "50% OFF" in the top right corner, big and red', '"50% OFF" top right red x1.6'),
    ('add the text "Hello" and make it bigger', '"Hello" bottom x1.6'),
    ('overlay "Open" in the centre in a serif font', '"Open" middle serif-black'),
    ('add text "A" at the top and text "B" at the bottom', '"A" top; "B" bottom'),
    # several at once
    (
        'Make the last one warmer, crop it to 16:9 and add the text "Autumn" bottom left in cream',
        'warm+1; crop 16:9; "Autumn" bottom left cream',
    ),
    ("crop it to 4:5 and make it warmer, no text", "crop 4:5; warm+1"),
]

REFUSED = [
    ("add a cat", beyond(Beyond.ADD)),
    ("make it warmer and add a lamp", beyond(Beyond.ADD)),
    ("make it warmer with a cat", beyond(Beyond.ADD)),
    ("give it a red hat", beyond(Beyond.ADD)),
    ("add blue flowers to the vase", beyond(Beyond.ADD)),
    ("turn it into an owl", beyond(Beyond.ADD)),
    ("change the mug to a glass", beyond(Beyond.ADD)),
    ("make him wear a suit", beyond(Beyond.ADD)),
    ("more people", beyond(Beyond.ADD)),
    ("add rounded corners", beyond(Beyond.ADD)),
    ("remove the person", beyond(Beyond.REMOVE)),
    ("delete the plant", beyond(Beyond.REMOVE)),
    ("crop out the plant", beyond(Beyond.REMOVE)),
    ("move the mug to the left", beyond(Beyond.MOVE)),
    ("put the mug on the left", beyond(Beyond.MOVE)),
    ("rotate the mug", beyond(Beyond.MOVE)),
    ("make it bigger", beyond(Beyond.MOVE)),
    ("make her smile", beyond(Beyond.FACE)),
    ("change the pose", beyond(Beyond.FACE)),
    ("make it look like Van Gogh", beyond(Beyond.STYLE)),
    ("turn it into an oil painting", beyond(Beyond.STYLE)),
    ("make it look hand-drawn", beyond(Beyond.STYLE)),
    ("restyle it", beyond(Beyond.STYLE)),
    ("restyle it like Hokusai", beyond(Beyond.STYLE)),
    ("in the style of stained glass", beyond(Beyond.STYLE)),
    ("add a poster", beyond(Beyond.ADD)),
    ("turn it into a pencil drawing of a cat", beyond(Beyond.ADD)),
    ("make the left half a watercolor", beyond(Beyond.PART)),
    ("remove the watercolor", beyond(Beyond.UNDO)),
    ("less sketchy", beyond(Beyond.UNDO)),
    ("make it look like a photograph", beyond(Beyond.STYLE)),
    ("make the sky bluer", beyond(Beyond.PART)),
    ("make the eyes blue", beyond(Beyond.PART)),
    ("his shirt should be blue", beyond(Beyond.PART)),
    ("make the handle of the mug blue", beyond(Beyond.PART)),
    ("make the left half darker", beyond(Beyond.PART)),
    ("make the widget red", beyond(Beyond.PART)),
    ("make it warmer but keep the eyes the same", beyond(Beyond.PART)),
    ("replace the background with a beach", beyond(Beyond.SCENE)),
    ("make the background a forest", beyond(Beyond.SCENE)),
    ("gradient background", beyond(Beyond.SCENE)),
    ('change the text to "SALE"', beyond(Beyond.WORDS)),
    ('replace "SALE" with "SOLD"', beyond(Beyond.WORDS)),
    ("remove the text", beyond(Beyond.WORDS)),
    ("make the headline bigger", beyond(Beyond.WORDS)),
    ("remove the vignette", beyond(Beyond.UNDO)),
    ("less grain", beyond(Beyond.UNDO)),
    ("upscale it", beyond(Beyond.SIZE)),
    ("resize to 1080x1080", beyond(Beyond.SIZE)),
    ("rotate by 45 degrees", beyond(Beyond.TILT)),
    ("straighten the picture", beyond(Beyond.TILT)),
    ("use our brand colours", refusals.NO_COLOURS),
    ("add a border in our brand colour", refusals.NO_COLOURS),
    ("add text", refusals.NO_WORDS),
    ("hello", refusals.NOTHING_SAID),
    ("", refusals.NOTHING_SAID),
    ("keep the subject the same", refusals.ONLY_KEPT),
    ("white background and blue background on plain blue", refusals.TWO_BACKDROPS),
    ("warmer " * 30, refusals.TOO_MUCH),
    (f'add "{"very long words " * 9}"', refusals.TOO_LONG),
    ("surprise me", refusals.not_understood("surprise me")),
    ("make it warmer and make it night", refusals.not_understood("night")),
    ("crop to 100:1", refusals.not_understood("100:1")),
    ("make it warmer and turn the mug around", refusals.not_understood("turn the mug around")),
]


@pytest.mark.parametrize(("instruction", "operations"), UNDERSTOOD)
def test_an_instruction_is_understood(instruction: str, operations: str) -> None:
    assert told(read(instruction)) == operations


@pytest.mark.parametrize(("instruction", "reason"), REFUSED)
def test_what_pixels_do_not_give_is_refused_in_a_sentence(instruction: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read(instruction)
    assert refused.value.reason == reason
    assert not refused.value.was_billed


@pytest.mark.parametrize("what", Beyond)
def test_each_refusal_says_what_can_be_done_instead(what: Beyond) -> None:
    assert beyond(what).startswith(
        "The local engine changes tone, colour, background, medium, crop"
    )
    assert beyond(what).endswith("Choose an AI model that edits, or word it as one of those.")


def test_a_proposal_knows_beforehand_what_would_be_done() -> None:
    verdict = can_retouch("make the background much warmer, crop to 16:9 and add “Hi” at the top")
    assert verdict
    assert verdict.summary == 'the background much warmer, cropped to 16:9, with the words "Hi"'


def test_a_proposal_knows_beforehand_that_it_would_be_refused() -> None:
    verdict = can_retouch("add a cat")
    assert not verdict
    assert verdict.reason == beyond(Beyond.ADD)


def test_words_that_no_typeface_here_can_set_are_refused_beforehand() -> None:
    assert can_retouch('add the text "セール"').reason == refusals.NO_GLYPHS
    assert can_retouch('add the text "SALE セ"').reason == refusals.NO_GLYPHS
    assert can_retouch('add the text "Größe Ø"')


@pytest.mark.parametrize(
    ("instruction", "has_variations"),
    [
        ("flip it", False),
        ("as line art", True),
        ("white background", False),
        ("warmer", True),
        ("flip it, warmer", True),
    ],
)
def test_it_is_known_beforehand_whether_there_are_variations(
    instruction: str, has_variations: bool
) -> None:
    assert can_retouch(instruction).has_variations is has_variations


WORDS = sorted(
    {word for phrase, _ in UNDERSTOOD + REFUSED for word in phrase.split()} | {"“", '"', "'", "::"}
)


@given(st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_either_understood_or_refused(text: str) -> None:
    verdict = can_retouch(text)
    assert bool(verdict) is not bool(verdict.reason)
    assert bool(verdict) is bool(verdict.summary)


@pytest.mark.parametrize("text", ["turn the x ", "for our ", "a ", '"', "text saying a b ", "the "])
def test_long_texts_are_read_quickly(text: str) -> None:
    started = time.process_time()
    can_retouch((text * 3000)[:3000])
    assert time.process_time() - started < 2
