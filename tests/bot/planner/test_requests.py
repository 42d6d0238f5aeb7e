"""What people write, and the image that is proposed for it."""

from typing import NamedTuple

import pytest

from tests.bot.planner.asking import item


class Case(NamedTuple):
    text: str
    prompt: str
    """What the prompt begins with."""
    style: str
    aspect: str = "1:1"
    images: int = 1
    model: str = "sketch/compose"
    seed: int | None = None


CASES = [
    # The product hero everybody sees first.
    Case(
        "Create a square product hero for a ceramic coffee mug",
        "Product photograph of a ceramic coffee mug on a plain plinth, soft window light from the "
        "left, no text.",
        "product-photo",
    ),
    Case(
        "<@U0BOT> Create a square product hero for a ceramic coffee mug.",
        "Product photograph of a ceramic coffee mug on a plain plinth",
        "product-photo",
    ),
    Case(
        "ceramic coffee mug product hero", "Product photograph of a ceramic", "product-photo", "3:2"
    ),
    Case("Packshot of a jar of honey", "Product photograph of a jar of honey on", "product-photo"),
    Case(
        "product shot: matte black bottle, concrete background, hard light",
        "Product photograph of a matte black bottle, concrete background, hard light, no text.",
        "product-photo",
    ),
    Case(
        "moody product shot of a whisky glass",
        "Moody product photograph of a whisky glass on a plain plinth, no text.",
        "product-photo",
    ),
    Case("2 mugs", "Product photograph of 2 mugs on a plain plinth", "product-photo"),
    Case("perfume bottle, dark background", "Product photograph of a perfume", "product-photo"),
    Case(
        "product photo of shoes with Sketch 2K, seed 4711",
        "Product photograph of shoes on",
        "product-photo",
        model="sketch/compose-2k",
        seed=4711,
    ),
    # Politeness, typos, smileys.
    Case(
        "Hello @Aethera! I was wondering if you could make me a picture of our dog Max sleeping "
        "under a desk? Thank you very much :)",
        "Our dog Max sleeping under a desk",
        "illustration",
    ),
    Case(
        "hey can u make me a img of a sunset over the ocean plsss", "A sunset over", "illustration"
    ),
    Case("genarate a picture of a cat wearing a hat", "A cat wearing a hat", "illustration"),
    Case(
        "pls draw a dragon over a castle :dragon_face: :pray:",
        "A dragon over a castle,",
        "illustration",
    ),
    Case("Draw a :fox_face: in the snow", "A fox face in the snow", "illustration"),
    Case("draw me a dragon 🙏🎉", "A dragon,", "illustration"),
    Case("I want a robot barista please!!!", "A robot barista,", "illustration"),
    Case("Do you think you could draw a unicorn?", "A unicorn,", "illustration"),
    Case(
        "would you mind creating a poster about fire safety", "Poster about fire", "poster", "2:3"
    ),
    Case("help me draw a cat", "A cat,", "illustration"),
    Case("how about a fox astronaut?", "A fox astronaut,", "illustration"),
    Case("show me a cat riding a skateboard", "A cat riding a skateboard", "illustration"),
    Case("show me images of foxes", "Foxes,", "illustration"),
    Case("give me a cat", "A cat,", "illustration"),
    Case("*Create* a _fox_ in `snow`", "A fox in snow", "illustration"),
    Case(
        "<!channel> create a poster for <@U2> and <#C1|general>",
        "Poster for a teammate and #general",
        "poster",
        "2:3",
    ),
    Case(
        "make a poster saying &lt;!channel&gt; party",
        "Poster saying !channel party",
        "poster",
        "2:3",
    ),
    # A bare phrase is a request.
    Case("a fox in the snow, watercolor", "A fox in the snow, ", "watercolor"),
    Case("fox", "Fox,", "illustration"),
    Case("three cats on a sofa", "Three cats on a sofa", "illustration"),
    Case("an astronaut riding a horse", "An astronaut riding a horse", "illustration"),
    Case("a realistic astronaut riding a horse", "An astronaut riding a horse", "photo"),
    Case("a tall thin lighthouse", "A tall thin lighthouse", "illustration"),
    Case("wide river valley", "Wide river valley", "illustration"),
    Case("a square table in a garden", "A square table in a garden", "illustration"),
    Case("a times square billboard at night", "A times square billboard at night", "illustration"),
    Case("a flat tire on a country road", "A flat tire on a country road", "illustration"),
    Case("a 3d printer on a desk", "A 3d printer on a desk", "illustration"),
    Case("minimal desk setup with a plant", "Minimal desk setup with a plant", "illustration"),
    Case("a gallery wall in a living room", "A gallery wall in a living room", "illustration"),
    Case("models walking a runway in Paris", "Models walking a runway", "illustration"),
    Case("a fashion model on a runway", "A fashion model on a runway", "illustration"),
    Case("a tote bag made of canvas", "Product photograph of a tote bag made", "product-photo"),
    Case("a firefly in a jar", "A firefly in a jar", "illustration"),
    Case("sunflower seeds on a table", "Sunflower seeds on a table", "illustration"),
    Case("a seed 3 days after sprouting", "A seed 3 days after sprouting", "illustration"),
    Case("ارسم قطة", "ارسم قطة.", "illustration"),
    Case("一只在雪中的狐狸", "一只在雪中的狐狸.", "illustration"),
    Case("un renard dans la neige", "Un renard dans la neige.", "illustration"),
    Case("ein Fuchs im Schnee", "Ein Fuchs im Schnee.", "illustration"),
    # Counts, and numbers that are none.
    Case("three variations of a fox logo", "Fox logo.", "logo", images=3, model="sketch/mark"),
    Case(
        "Three variations of a fox logo, flat style.",
        "Fox logo.",
        "flat",
        images=3,
        model="sketch/mark",
    ),
    Case(
        '4 versions of a minimal logo for a bakery called "Crumb"',
        'Minimal logo for a bakery called "Crumb"',
        "logo",
        images=4,
        model="sketch/mark",
    ),
    Case("a couple of options for a jazz night poster", "Jazz night poster", "poster", "2:3", 2),
    Case("fox logo x4", "Fox logo.", "logo", images=4, model="sketch/mark"),
    Case(
        "Create a fox logo. Three variations please.",
        "Fox logo.",
        "logo",
        images=3,
        model="sketch/mark",
    ),
    Case("a fox logo in 2 versions", "Fox logo.", "logo", images=2, model="sketch/mark"),
    Case("2-3 options for a fox logo", "Fox logo.", "logo", images=3, model="sketch/mark"),
    Case("variations of a fox logo", "Fox logo.", "logo", images=3, model="sketch/mark"),
    Case("4 logos for a bakery", "Logo for a bakery", "logo", images=4, model="sketch/mark"),
    Case(
        "could I get 3 pictures of a golden puppy please",
        "A golden puppy,",
        "illustration",
        images=3,
    ),
    Case(
        "2 portraits of an old sailor, black and white",
        "Portrait of an old sailor, black and",
        "photo",
        "3:4",
        2,
    ),
    Case("one image of a whale", "A whale,", "illustration"),
    Case("two posters on a wall", "Two posters on a wall", "illustration"),
    Case("a poster with 5 stars", "Poster with 5 stars", "poster", "2:3"),
    Case("100 balloons over a field", "100 balloons over a field", "illustration"),
    Case(
        "a phone screen showing two versions of an app",
        "A phone screen showing two versions of",
        "illustration",
    ),
    Case("three different foxes playing cards", "Three different foxes", "illustration"),
    Case("an image of 3 people and 2 dogs at 5 pm", "3 people and 2 dogs at 5 pm", "illustration"),
    Case("a cat with seed 12 and 2 variations, 4:5", "A cat,", "illustration", "4:5", 2, seed=12),
    Case("0 variations of a cat", "A cat,", "illustration"),
    # Aspects.
    Case("Generate a 9:16 poster in a cinematic style.", "Cinematic poster", "cinematic", "9:16"),
    Case(
        "Generate a 9:16 poster of a lighthouse at night in a cinematic style.",
        "Poster of a lighthouse at night",
        "cinematic",
        "9:16",
    ),
    Case("1080x1920 image of a neon city", "A neon city", "illustration", "9:16"),
    Case(
        "Can I have a 1920x1080 wallpaper of the northern lights?",
        "The northern lights",
        "illustration",
        "16:9",
    ),
    Case("an image in 16:9 showing a rocket launch", "A rocket launch", "illustration", "16:9"),
    Case("a fox 16x9", "A fox", "illustration", "16:9"),
    Case("a fox, 21:9 aspect ratio", "A fox", "illustration", "21:9"),
    Case("a 3x3 grid of tiles", "A 3x3 grid of tiles", "illustration"),
    Case("a clock at 9:30 pm", "A clock at 9:30 pm", "illustration"),
    Case("lighthouse --ar 16:9 --seed 42", "Lighthouse,", "illustration", "16:9", seed=42),
    Case("create a 3 by 4 portrait of a knight", "Portrait of a knight", "photo", "3:4"),
    Case("landscape poster for a hiking club", "Poster for a hiking club", "poster", "3:2"),
    Case("portrait poster for a hiking club", "Poster for a hiking club", "poster", "2:3"),
    Case("a tall poster of a giraffe", "Poster of a giraffe", "poster", "2:3"),
    Case("a square poster of a giraffe", "Poster of a giraffe", "poster"),
    Case("wide shot of a desert with a lone rider", "A desert with a lone rider", "photo", "16:9"),
    Case("wide angle photo of a cathedral", "Wide angle photo of a cathedral", "photo"),
    Case(
        "Create a fox logo. Make it square.",
        "Fox logo.",
        "logo",
        model="sketch/mark",
    ),
    Case(
        "abstract gradient background, wide", "Abstract gradient background", "illustration", "16:9"
    ),
    Case("portrait of an old fisherman", "Portrait of an old fisherman", "photo", "3:4"),
    Case(
        "Instagram story for our black friday sale",
        "Artwork for our black friday sale",
        "illustration",
        "9:16",
    ),
    Case("a fox in the snow for an instagram story", "A fox in the snow,", "illustration", "9:16"),
    Case("phone wallpaper with koi fish", "Koi fish,", "illustration", "9:16"),
    Case("wallpaper of a galaxy", "A galaxy,", "illustration", "16:9"),
    Case(
        "youtube thumbnail about cooking pasta",
        "Artwork about cooking pasta",
        "illustration",
        "16:9",
    ),
    Case(
        "an email header for the spring newsletter",
        "Artwork for the spring newsletter",
        "illustration",
        "21:9",
    ),
    Case(
        "create an ad for our new running shoes, instagram post, energetic",
        "An ad for our new running shoes, energetic",
        "illustration",
        "4:5",
    ),
    Case(
        "Need a hero image for our homepage showing a team at work",
        "Hero image for our homepage showing a team at work",
        "photo",
        "16:9",
    ),
    Case(
        "a hero for our landing page about security",
        "Hero image for our landing page",
        "photo",
        "16:9",
    ),
    Case(
        "album cover for a jazz trio, moody blue",
        "Album cover for a jazz trio, moody blue",
        "poster",
    ),
    Case(
        "Design a book cover for a novel titled “The Quiet Lake”",
        "Book cover for a novel titled “The Quiet Lake”",
        "poster",
        "2:3",
    ),
    Case(
        "we need an image for the Q3 report cover, blue", "Q3 report cover, blue", "poster", "2:3"
    ),
    Case(
        "I need a flyer for the picnic on June 5", "Flyer for the picnic on June 5", "poster", "3:4"
    ),
    Case("birthday card for my mom with tulips", "Birthday card for my mom", "illustration", "3:2"),
    Case(
        "app icon for a meditation app, gradient purple",
        "App icon for a meditation app",
        "logo",
        model="sketch/mark",
    ),
    Case("a bedtime story about a brave snail", "A bedtime story about a brave", "illustration"),
    Case("landscape with rolling hills", "Landscape with rolling hills", "illustration", "3:2"),
    # Styles.
    Case("a watercolor painting of a fox in the snow", "A fox in the snow,", "watercolor"),
    Case("watercolour of Lake Como in spring, 4:3", "Lake Como in spring,", "watercolor", "4:3"),
    Case("minimalist line art of a cat", "Minimalist line art of a cat", "line-art"),
    Case("sketch a bridge over a river", "A bridge over a river", "line-art"),
    Case("a fox as line art", "A fox,", "line-art"),
    Case("a 3d render of a robot holding a flower", "A robot holding a flower", "3d"),
    Case("low poly forest in 3d", "Low poly forest,", "3d"),
    Case("vector illustration of people collaborating", "People collaborating,", "flat"),
    Case(
        "cinematic photo of a station in the rain, no people",
        "A station in the rain, no people",
        "cinematic",
        "16:9",
    ),
    Case(
        "photo of two people in a bright office, without logos",
        "Two people in a bright office, without logos.",
        "photo",
    ),
    Case("photograph an apple on a mirror", "An apple on a mirror", "photo"),
    Case("comic style hero flying over New York", "Comic style hero flying", "illustration"),
    Case("oil painting of a stormy sea, 3:2", "A stormy sea", "illustration", "3:2"),
    Case(
        "a seamless pattern of lemons and leaves",
        "Seamless pattern of lemons and leaves.",
        "pattern",
        model="sketch/mark",
    ),
    Case(
        "a pattern with blue waves, 3 options",
        "Pattern with blue waves",
        "pattern",
        images=3,
        model="sketch/mark",
    ),
    Case("business card for a plumber", "Business card for a plumber", "minimal", "3:2"),
    # Quoted words and negations are kept.
    Case(
        'a poster that says "Grand Opening" with balloons',
        'Poster that says "Grand Opening" with balloons',
        "poster",
        "2:3",
    ),
    Case(
        'poster with the words "3 variations, 9:16, please"',
        'Poster with the words "3 variations, 9:16, please"',
        "poster",
        "2:3",
    ),
    Case(
        'make a square logo with a mountain and the text "SUMMIT"',
        'Logo with a mountain and the text "SUMMIT"',
        "logo",
        model="sketch/mark",
    ),
    Case(
        "picture of a lighthouse, but without people and no boats",
        "A lighthouse, but without people and no boats",
        "illustration",
    ),
    # Several sentences and lines.
    Case(
        "Hey! We're launching a bottle next week. Could you make a wide hero image with the bottle "
        "on a rock by a lake? No text please. Thanks!",
        "Hero image with the bottle on a rock by a lake, natural light. No text.",
        "photo",
        "16:9",
    ),
    Case(
        'Could you make a logo for my startup? It\'s called "Nimbus". Blue and white.',
        'Logo for my startup, simple solid shapes. It\'s called "Nimbus". Blue and white.',
        "logo",
        model="sketch/mark",
    ),
    Case(
        "Please create an image:\n- a red bicycle\n- leaning on a wall\n- morning light",
        "A red bicycle, leaning on a wall, morning light",
        "illustration",
    ),
    Case(
        "draw a cat\n\nand make it blue", "A cat, clear shapes, soft light. Blue.", "illustration"
    ),
    # Models.
    Case(
        "use sketch mark: monogram of the letters A and S",
        "Monogram of the letters A and S",
        "logo",
        model="sketch/mark",
    ),
    Case("a fox via sketch/compose-2k", "A fox,", "illustration", model="sketch/compose-2k"),
    Case("a sketch of an old bridge", "An old bridge", "line-art"),
    Case("mountains in midjourney style", "Mountains", "illustration"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:50])
def test_a_request_becomes_the_proposal_a_designer_would_make(case: Case) -> None:
    found = item(case.text)

    assert found.prompt.startswith(case.prompt)
    assert (found.style_id, found.aspect.value, found.count) == (
        case.style,
        case.aspect,
        case.images,
    )
    assert (found.model_id, found.seed) == (case.model, case.seed)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Create a square product hero for a ceramic coffee mug",
            "ceramic coffee mug, product hero",
        ),
        ("Hi, please make a poster for our jazz night, thanks", "poster for our jazz night"),
        ("a watercolor painting of a fox in the snow", "fox in the snow"),
        ("a youtube banner about our summer sale", "summer sale, YouTube banner"),
        ("Generate a 9:16 poster in a cinematic style.", "poster"),
        ("three variations of a fox logo", "fox logo"),
    ],
)
def test_a_title_is_a_few_words_for_the_image(text: str, title: str) -> None:
    assert item(text).title == title


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("product photo of a mug", "chosen for product photos"),
        ("a logo for a bakery", "chosen for logos"),
        ("a mug with Sketch 2K", "as you asked"),
        ("a fox with DALL-E 3", "DALL-E is not available here; chosen for illustrations"),
        ("use flux to draw a cat", "Flux is not available here; chosen for illustrations"),
        ("a 9:16 logo using sketch mark", "as you asked; it makes no 9:16, so 3:4"),
        (
            "a cat, seed 99999999999",
            "chosen for illustrations; seed 99999999999 is over 2147483647",
        ),
    ],
)
def test_the_reason_for_the_model_says_what_could_not_be_had(text: str, reason: str) -> None:
    assert item(text).model_reason.startswith(reason)


def test_the_original_is_kept_as_it_was_written() -> None:
    assert item("Hi! Please *draw* a fox, 9:16. Thanks").original == (
        "Hi! Please *draw* a fox, 9:16. Thanks"
    )
