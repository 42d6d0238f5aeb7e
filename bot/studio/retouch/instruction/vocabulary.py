"""The words for what an edit can and cannot change: tables of phrases, without any grammar."""

from collections.abc import Mapping

from bot.studio.retouch.operations import Medium, Region, Tone
from bot.studio.retouch.refusals import Beyond

TONES: Mapping[tuple[Tone, float], str] = {
    (
        Tone.WARM,
        1,
    ): "warm|warmer|warmth|warmed|warming|warmly|warmed up"
    "|warm up|warmer up|golden hour|toasty|toastier|sunlit|candlelit|warmer toned|warm toned",
    (Tone.WARM, -1): "cool|cooler|cold|colder|cooled|cool down|cooled down|cool off|coolness"
    "|chilly|chillier|icy|icier|frosty|wintry|cool toned|cooler toned",
    (
        Tone.BRIGHT,
        1,
    ): "underexposed|under-exposed|bright|brighter|brighten"
    "|brightened|brightening|brightness|brighten up|lighten|lighter|lightened|lighten up|light"
    "|exposure|luminous|lit|lit up|light up|airier",
    (
        Tone.BRIGHT,
        -1,
    ): "overexposed|over-exposed|dark|darker|darken"
    "|darkened|darkening|darkness|dim|dimmer|dimmed|shadowy|dusky|tone down the brightness",
    (Tone.CONTRAST, 1): "contrast|contrasty|contrasted|contrasting|higher contrast|high contrast"
    "|high-contrast|bolder contrast|harder contrast|punch",
    (Tone.CONTRAST, -1): "low contrast|low-contrast|lower contrast|flatter|softer contrast"
    "|softer light|softer lighting|soft light|soft lighting",
    (Tone.COLOURFUL, 1): "saturated|saturation|saturate|saturating|vivid|vibrant|vibrance|vibrancy"
    "|colourful|colorful|richer|rich|intense|intenser|lively|livelier|stronger colours"
    "|bolder colours|brighter colours|richer colours",
    (Tone.COLOURFUL, -1): "muted|mute|desaturate|desaturated|desaturating|subdued|duller|dull"
    "|toned down|tone down|pale|paler|softer colours|soft colours|calmer colours|quieter colours"
    "|pastel|pastels|pastel colours",
    (Tone.GREY, 1): "black and white|black & white|black-and-white|b&w|b & w|b/w|bw|greyscale"
    "|grayscale|grey scale|gray scale|monochrome|monochromatic|mono|colourless|colorless",
    (Tone.SEPIA, 1): "sepia|sepia tone|sepia toned|sepia-toned",
    (Tone.FADE, 1): "fade|faded|fading|matte|matt|washed out|washed-out|bleached|hazy|hazier|haze"
    "|milky",
    (Tone.INVERT, 1): "invert|inverted|inverting|invert the colours|negative",
    (Tone.ENHANCE, 1): "enhance|enhanced|improve|improved|better|nicer|auto enhance|auto-enhance"
    "|autocorrect|auto correct|auto-correct|colour correct|colour-correct|polish|polished",
    (Tone.BLUR, 1): "blur|blurred|blurry|blurrier|blurring|out of focus|unfocused|defocus"
    "|defocused|bokeh|shallow depth of field|unsharp",
    (Tone.SOFT, 1): "soft|softer|soften|softened|softening|soft focus|soft-focus|smoother|smooth"
    "|glow|glowing|glowy|gentler",
    (Tone.SHARP, 1): "sharp|sharper|sharpen|sharpened|sharpness|sharpening|crisp|crisper|crispness"
    "|clearer|clarity|unblur|deblur|in focus",
    (Tone.GRAIN, 1): "grain|grainy|grainier|film grain|noise|noisy|filmic grain|gritty|grittier",
    (Tone.VIGNETTE, 1): "vignette|vignetting|vignetted|darker corners|dark corners|darker edges"
    "|dark edges|darken the edges|darken the corners",
}

MOODS: Mapping[str, tuple[tuple[Tone, float], ...]] = {
    "vintage": (
        (Tone.WARM, 0.5),
        (Tone.COLOURFUL, -0.4),
        (Tone.FADE, 0.8),
        (Tone.GRAIN, 0.8),
        (Tone.VIGNETTE, 0.5),
    ),
    "cinematic": (
        (Tone.CONTRAST, 0.6),
        (Tone.COLOURFUL, -0.3),
        (Tone.FADE, 0.25),
        (Tone.VIGNETTE, 0.7),
        (Tone.GRAIN, 0.4),
    ),
    "moody": (
        (Tone.BRIGHT, -0.7),
        (Tone.CONTRAST, 0.4),
        (Tone.COLOURFUL, -0.4),
        (Tone.VIGNETTE, 0.5),
    ),
    "dramatic": ((Tone.BRIGHT, -0.3), (Tone.CONTRAST, 1.2), (Tone.VIGNETTE, 0.6)),
    "dreamy": ((Tone.BRIGHT, 0.4), (Tone.FADE, 0.3), (Tone.SOFT, 1.0)),
    "cosy": ((Tone.WARM, 0.9), (Tone.BRIGHT, -0.15)),
    "airy": ((Tone.BRIGHT, 0.8), (Tone.COLOURFUL, -0.2), (Tone.FADE, 0.35)),
    "noir": ((Tone.GREY, 1.0), (Tone.CONTRAST, 1.2), (Tone.VIGNETTE, 0.6)),
    "sunny": ((Tone.WARM, 0.7), (Tone.BRIGHT, 0.5), (Tone.COLOURFUL, 0.4)),
    "autumnal": ((Tone.WARM, 1.0), (Tone.COLOURFUL, -0.15)),
    "punchy": ((Tone.CONTRAST, 0.7), (Tone.COLOURFUL, 0.7)),
    "fresh": ((Tone.BRIGHT, 0.4), (Tone.WARM, -0.3), (Tone.COLOURFUL, 0.4)),
}
"""Looks that are nothing but tones, with how much of each."""

MOOD_WORDS: Mapping[str, str] = {
    "vintage": "vintage|retro|old-fashioned|old fashioned|nostalgic|aged|analog|analogue|polaroid",
    "cinematic": "cinematic|filmic|film look|movie look",
    "moody": "moody|moodier|gloomy|gloomier|brooding|sombre|somber|darker mood",
    "dramatic": "dramatic|more drama|dramatic light|dramatic lighting",
    "dreamy": "dreamy|dreamier|ethereal|romantic",
    "cosy": "cosy|cozy|cosier|cozier|homely|inviting",
    "airy": "airy|light and airy|bright and airy",
    "noir": "noir|film noir",
    "sunny": "sunny|sunnier|summery|summer-like",
    "autumnal": "autumnal|autumn-like|autumn tones",
    "punchy": "punchy|punchier|pop|pop more|stand out|stand out more|striking|bold|bolder"
    "|eye-catching|more impact",
    "fresh": "fresh|fresher",
}

MEDIA: Mapping[Medium, str] = {
    Medium.LINES: "line art|line-art|lineart|line drawing|line drawings|ink lines|ink drawing"
    "|pen drawing|pen and ink|outline drawing|outlines|line work|linework|contour drawing"
    "|line art drawing|line illustration|line art illustration",
    Medium.PENCIL: "pencil|pencil drawing|pencil sketch|sketch|sketched|sketchy|graphite"
    "|graphite drawing|charcoal|charcoal drawing|pencil art|hand-drawn sketch",
    Medium.WASH: "watercolour|watercolor|watercolours|watercolors|watercolour painting"
    "|watercolor painting|watercolour style|watercolor style|aquarelle|watercolour wash"
    "|watercolor wash|watercolour illustration|watercolor illustration|painted watercolor",
    Medium.FLAT: "flat design|flat illustration|flat colours|flat colors|flat style|flat art"
    "|flat vector|vector|vector art|vector style|vector illustration|flat vector illustration"
    "|flat areas|flat graphic|flat look|paper cut|papercut|paper cutout",
    Medium.PRINT: "screen print|screenprint|screen-print|screen printed|screenprinted|silkscreen"
    "|silk screen|silkscreen print|serigraph|linocut|risograph|riso print|riso|poster"
    "|poster style|poster print|poster art|posterise|posterize|posterised|posterized|travel poster"
    "|vintage poster|retro poster",
    Medium.HALFTONE: "halftone|half-tone|half tone|halftone dots|newsprint|newspaper print"
    "|newspaper photo|raster dots",
    Medium.PIXELS: "pixel art|pixelart|pixel-art|pixelate|pixelated|pixellated|pixelated look"
    "|pixel look|8-bit|8 bit|16-bit|8-bit art|mosaic",
}
"""What a picture can be redrawn as."""

REGIONS: Mapping[Region, str] = {
    Region.IT: "it|this|that|them|these|those|picture",
    Region.WHOLE: "everything|all of it|the lot|all|whole|entire",
    Region.BACKGROUND: "background|back ground|backdrop|backgrounds|surroundings|scenery|bg"
    "|behind the subject|what is behind|area behind",
    Region.SUBJECT: "subject|main subject|foreground|main object|object|product|item|figure|motif"
    "|focal point|main thing|main element|hero|person|man|woman|people|model|character|mark|symbol"
    "|shape|shapes|emblem",
}
PARTS = (
    "sky|skies|sea|water|ocean|grass|floor|ground|table|wall|walls|eyes|eye|hair|skin|lips|face"
    "|faces|hand|hands|head|leaves|leaf|petals|handle|lid|cap|label|strap|straps|sole|laces|sleeve"
    "|sleeves|collar|window|windows|door|doors|roof|clouds|cloud|sun|moon|stars|shadow|shadows"
    "|highlight|highlights|reflection|reflections|plinth|pedestal|podium|horizon|corner|corners"
    "|edge|edges|left side|right side|left half|right half|top half|bottom half|clothes|clothing"
    "|teeth|nose|mouth|ears|tail|legs|wheels|tyres|tires"
)
BEYOND: Mapping[Beyond, str] = {
    Beyond.MOVE: "move|shift|reposition|relocate|bigger|smaller|larger|enlarge|shrink|scale"
    "|scale up|scale down|zoom out|closer together|further apart|lean|tilted towards|swap places",
    Beyond.FACE: "smile|smiling|laugh|laughing|frown|frowning|cry|crying|blink|wink|pose|posing"
    "|posture|expression|younger|older|sit|sitting|stand|standing|run|running|jump|jumping|dance"
    "|dancing|look left|look right|look up|look down|look at|looking at|facing|face the camera"
    "|look at the camera|thinner|slimmer|taller|happier|sadder|angrier|happy|sad|angry|wave|waving"
    "|open eyes|close eyes|closed eyes",
    Beyond.STYLE: "van gogh|picasso|monet|ghibli|pixar|disney|anime|manga|cartoon|cartoonish|comic"
    "|comic book|painting|painted|oil paint|oil painting|oils|acrylic|pastel drawing|drawing|drawn"
    "|hand-drawn|engraving|etching|low poly|3d|3d render|render|photorealistic|photo-realistic"
    "|realistic|hyperrealistic|illustration|cubist|impressionist|surreal|pop art|ukiyo-e"
    "|claymation|origami|stained glass|embroidery|art nouveau|art deco|steampunk|cyberpunk"
    "|graffiti",
    Beyond.SIZE: "resize|upscale|upsample|downscale|increase the resolution|higher resolution"
    "|resolution|high resolution|hd|4k|8k",
    Beyond.TILT: "straighten|straightened|level the horizon|tilt|deskew|skew|perspective|warp",
    Beyond.UNDO: "denoise|de-noise|remove the noise|noise reduction|remove noise|undo|revert",
    Beyond.ADD: "wear|wears|wearing|hold|holds|holding|include|draw|paint in|fill with|insert a"
    "|surrounded by",
}
