"""The starting list of themes: ten dimensions of resource equity, in our own words.

Source of the dimensions: educationresourceequity.org (Alliance for Resource Equity);
names and explanations here are worded afresh. A district rewords them and adds its own.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


STARTING = (
    (
        "funding",
        "Money where the need is",
        "Dinero donde hace falta",
        "How money and positions follow what students need.",
        "Cómo el dinero y los puestos siguen lo que necesitan los estudiantes.",
    ),
    (
        "teaching",
        "Who teaches, and how well",
        "Quién enseña y qué tan bien",
        "Experienced, well-prepared teachers in whom students see themselves.",
        "Docentes con experiencia y preparación en quienes los estudiantes se reconocen.",
    ),
    (
        "leadership",
        "Who leads the school",
        "Quién dirige la escuela",
        "Leaders who stay, know the community, and help teachers grow.",
        "Líderes que permanecen, conocen la comunidad y ayudan a crecer al personal.",
    ),
    (
        "content",
        "Demanding, meaningful work",
        "Trabajo exigente y con sentido",
        "Courses and materials at grade level that matter to students.",
        "Cursos y materiales de su grado que importan a los estudiantes.",
    ),
    (
        "time",
        "Time and attention",
        "Tiempo y atención",
        "More time and smaller settings for whoever needs them.",
        "Más tiempo y grupos más pequeños para quien los necesita.",
    ),
    (
        "climate",
        "A school that welcomes",
        "Una escuela que acoge",
        "Belonging, safety, fair discipline, families at home in the school.",
        "Pertenencia, seguridad, disciplina justa y familias bienvenidas en la escuela.",
    ),
    (
        "supports",
        "Help before it is late",
        "Ayuda antes de que sea tarde",
        "Academic, health and social help that reaches students in time.",
        "Ayuda académica, de salud y social que llega a tiempo.",
    ),
    (
        "early",
        "The earliest years",
        "Los primeros años",
        "Good learning before kindergarten, close to home.",
        "Buen aprendizaje antes del kínder, cerca de casa.",
    ),
    (
        "buildings",
        "Rooms and tools to learn in",
        "Espacios y herramientas para aprender",
        "Safe, healthy buildings, materials and connections.",
        "Edificios seguros y saludables, materiales y conexión.",
    ),
    (
        "together",
        "Learning together",
        "Aprender juntos",
        "Schools and classes where students of all groups meet.",
        "Escuelas y clases donde se encuentran estudiantes de todos los grupos.",
    ),
)


def add(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    theme = apps.get_model("insights", "Theme")
    for place, (code, name_en, name_es, about_en, about_es) in enumerate(STARTING, 1):
        theme.objects.get_or_create(
            code=code,
            defaults={
                "name_en": name_en,
                "name_es": name_es,
                "about_en": about_en,
                "about_es": about_es,
                "place": place * 10,
                "own": False,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("insights", "0001_what_people_decide_and_write")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
